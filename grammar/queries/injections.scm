; Nothing is injected into a number. How a host injects this grammar into its prose is under `hosts/`.
