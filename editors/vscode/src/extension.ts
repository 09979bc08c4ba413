// Starts the server for Markdown, and gives a person the commands around it.

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { insertChecklists } from "./checklists";
import { explain, Pages, showReview } from "./pages";
import { findServer, ServerMissing } from "./server";
import { Status } from "./status";

/** The settings that a running server does not hear of. */
const SERVER_SETTINGS = "followup.server";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
  session = run(context, vscode.window.createOutputChannel("Followup", { log: true }));
}

/** The window waits for this, and not for what is merely disposed of: the server is to hear that it can go. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}

function run(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Session {
  const session = new Session(context, log);
  const pages = new Pages(session);
  const register = (name: string, run: (...args: unknown[]) => unknown) =>
    vscode.commands.registerCommand(`followup.${name}`, run);
  context.subscriptions.push(
    log,
    pages,
    new Status(),
    register("insertChecklists", insertChecklists),
    register("explain", (id) => explain(session, typeof id === "string" ? id : undefined)),
    register("showReview", showReview),
    register("restart", () => session.restart()),
    register("showLog", () => log.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SERVER_SETTINGS)) void session.restart();
    }),
  );
  void session.start();
  return session;
}

/** The one server of this window. */
export class Session {
  private client: LanguageClient | undefined;
  /** Starting and stopping happen one after the other, however often they are asked for. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  start(): Promise<void> {
    return this.next(() => this.begin());
  }

  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  /** Asks for a page that the server makes. Without a server, a person is told so. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    await this.last;
    if (!this.client?.isRunning()) {
      tell("Followup is not running.", { "Restart": () => this.restart(), "Show the Log": () => this.log.show() });
      return undefined;
    }
    return this.client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step, step);
    return this.last;
  }

  private async begin(): Promise<void> {
    const settings = vscode.workspace.getConfiguration(SERVER_SETTINGS);
    try {
      const server = await findServer(settings.get("path"), this.context.extensionPath);
      this.log.info(`Starting ${server.command} (${server.origin})`);
      const run = { command: server.command, args: ["server", ...settings.get<string[]>("arguments", [])] };
      this.client = new Client("followup", "Followup", run, options(this.log));
      await this.client.start();
    } catch (error) {
      if (!(error instanceof ServerMissing)) {
        this.log.error(String(error));
        tell(`Followup could not be started: ${error instanceof Error ? error.message : error}`, { "Show the Log": () => this.log.show() });
        return;
      }
      this.log.error(error.message);
      tell(error.message, {
        "Open Settings": () => vscode.commands.executeCommand("workbench.action.openSettings", "followup.server.path"),
      });
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that never came up has nothing to stop.
    if (client?.needsStop()) await client.dispose();
  }
}

class Client extends LanguageClient {
  /** A request that the end of the session overtook is nobody's mistake, and no line in the log. */
  override handleFailedRequest<T>(...[type, token, error, otherwise, show]: Parameters<LanguageClient["handleFailedRequest"]>): T {
    return this.isRunning() ? super.handleFailedRequest(type, token, error, otherwise as T, show) : (otherwise as T);
  }
}

function options(log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: "file", language: "markdown" },
      { scheme: "untitled", language: "markdown" },
      { scheme: "file", pattern: "**/followup.toml" },
    ],
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // What a hover shows may come from a folder that nobody trusts.
    markdown: { isTrusted: false, supportHtml: false },
  };
}

/** Nobody waits for the answer to a message. */
function tell(message: string, buttons: Record<string, () => unknown>): void {
  void vscode.window.showErrorMessage(message, ...Object.keys(buttons)).then((chosen) => chosen && buttons[chosen]?.());
}
