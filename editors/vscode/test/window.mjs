// What a person does in a window of VS Code, and what she sees there.

import { until } from "./vscode.mjs";

/** The page of one window, by what it shows. The names of classes are VS Code's own. */
export class Window {
  constructor(page) {
    this.page = page;
    this.squiggles = page.locator(".editor-instance :is(.squiggly-warning, .squiggly-info, .squiggly-hint, .squiggly-error)");
    this.hover = page.locator(".monaco-hover:not(.hidden) .monaco-hover-content");
    this.toasts = page.locator(".notification-toast");
    this.problems = page.locator(".markers-panel .monaco-list-row");
  }

  /** The line that holds `text`, in the editor whose tab is called `tab` or in any. */
  line(text, tab = "") {
    const group = this.page.locator(".editor-group-container", { has: this.page.locator(`.tab[data-resource-name*="${tab}"]`) });
    return (tab ? group : this.page).locator(".editor-instance .view-line", { hasText: spaced(text) }).first();
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Brings a tab to the front. */
  async tab(title) {
    await this.page.locator(".tab", { hasText: title }).click();
  }

  /** Opens a file of the explorer by its name. */
  async file(name) {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).click();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Runs a command by its title, as it stands in the palette. */
  async command(title) {
    const input = this.page.locator(".quick-input-widget:visible input.input");
    const row = this.page.locator(".quick-input-list .monaco-list-row", { has: this.page.getByText(title, { exact: true }) });
    await until(`“${title}” is run`, async () => {
      // A window that is still opening takes the keys away again.
      await this.press("F1");
      const typed = input.fill(`>${title}`, { timeout: 2_000 });
      return typed.then(() => row.first().click({ timeout: 2_000 })).then(() => true, () => false);
    });
  }

  /** Rests the pointer on a word until the hover shows `text`, and gives all that it shows. */
  async hoverOver(word, text) {
    const shown = this.hover.filter({ hasText: text });
    await until(`the hover of “${word}” shows “${text}”`, async () => {
      const at = await this.place(word);
      if (!at) return false;
      // What was asked for while the server was starting stays as it is until it is closed.
      await this.press("Escape");
      await this.page.mouse.move(at.x, at.y + 160);
      await this.page.mouse.move(at.x, at.y, { steps: 3 });
      return shown.first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
    });
    return (await shown.first().innerText()).replaceAll("\u00a0", " ").replace(/\s+/g, " ");
  }

  /** Puts the cursor into a word. */
  async click(word) {
    const at = await until(`“${word}” is on the screen`, () => this.place(word));
    await this.page.mouse.click(at.x, at.y);
  }

  /** The middle of a word in the text, in pixels. */
  place(word) {
    return this.page.evaluate((word) => {
      for (const root of document.querySelectorAll(".editor-instance .view-lines")) {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode()); ) {
          const at = node.data.replaceAll("\u00a0", " ").indexOf(word);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          const box = range.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
      }
      return undefined;
    }, word);
  }

  /** Takes the fix with this title for what stands at a word. */
  async fix(word, title) {
    await this.offer(word, title);
    await this.press("Enter");
  }

  /** Opens the menu of fixes for what stands at a word, and chooses the one with this title, but does not take it. */
  async offer(word, title) {
    await this.click(word);
    // The menu may be asked for before the server has answered; then it holds nothing of ours.
    const row = this.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
    await until(`“${title}” is offered`, async () => {
      await this.press("Escape");
      await this.press("Control+.");
      return row.waitFor({ timeout: 2_000 }).then(() => true, () => false);
    });
    for (;;) {
      if (await row.evaluate((it) => it.classList.contains("focused"))) break;
      await this.press("ArrowDown");
    }
  }

  /** Waits until a Markdown preview shows all of `wanted`, and gives all that it shows. */
  preview(...wanted) {
    return until(`a preview shows “${wanted.join("” and “")}”`, async () => {
      const frames = this.page.frames().filter((frame) => frame !== this.page.mainFrame());
      const texts = await Promise.all(frames.map((frame) => frame.evaluate(() => document.body?.innerText ?? "").catch(() => "")));
      return texts.find((shown) => wanted.every((text) => shown.includes(text)));
    });
  }

  /** Waits until the language's status says this of us: `undefined` where it is to say nothing. */
  async statusIs(wanted) {
    const button = this.page.locator("[id='status.languageStatus']");
    const items = this.page.locator(".hover-language-status");
    await until(`the status is “${wanted ?? "nothing of ours"}”`, async () => {
      const box = await button.boundingBox();
      if (!box) return false;
      await this.page.mouse.move(box.x + box.width / 2, box.y - 160);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
      // Others have items there, too: so it can be told from a hover that has not come yet.
      const shown = await items.first().waitFor({ timeout: 2_000 }).then(() => items.allInnerTexts(), () => []);
      const ours = shown.map((text) => text.trim().split("\n")[0]).find((text) => text.includes("follow-up"));
      return shown.length > 0 && ours === wanted;
    });
  }
}

/** The editor writes spaces that do not break. */
function spaced(text) {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \u00a0]"));
}
