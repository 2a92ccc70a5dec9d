// Writing as most do it: with scripts, words first, photos between them, and nothing to be saved by hand.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import type { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Writer } from "./support/writer.ts";

const file = (name: string, shade: number) => ({ name, mimeType: "image/png", buffer: picture(shade, 600, 400) });

describe("writing with scripts", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
    person(keepsake, "tane");
    await mara.post("/circles", { name: "Us", people: ["tane"] });
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  const arrive = (device = desktop, name = "mara") => Writer.arrive(browser, keepsake.address, name, device);
  const told = async (writer: Writer) => (await mara.get(`/stories/${writer.story()}`)).body;

  for (const [name, device] of Object.entries({ phone, desktop })) {
    test(`a story with photos is told and published, on a ${name}`, async () => {
      const writer = await arrive(device);
      const { page } = writer;
      await writer.open("/stories/new");
      await writer.look();
      await page.getByLabel(/^Title/).fill("The week in March");
      await writer.words.click();
      await page.keyboard.type("We had eleven days.\n\n");
      await page.keyboard.press("Backspace");
      await page.getByRole("button", { name: "Heading" }).click();
      await page.keyboard.type("The window\n");
      await page.keyboard.type("It looked ");
      await page.getByRole("button", { name: "Bold" }).click();
      await page.keyboard.type("east");
      await page.getByRole("button", { name: "Bold" }).click();
      await page.keyboard.type(".\n");
      const chosen = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Photo", exact: true }).click();
      await (await chosen).setFiles([file("one.png", 40 + name.length), file("two.png", 90 + name.length)]);
      await writer.words.locator(".placed-photo img").nth(1).waitFor();
      await writer.words.getByLabel("What can be seen").first().fill("A window, and light");
      await writer.words.getByLabel(/^Caption/).first().fill("The first evening.");
      await page.locator("summary", { hasText: "Content notes" }).click();
      await page.getByLabel("hospital").check();
      await page.getByLabel("A content note").first().fill("a long wait");
      await page.getByLabel("The circle Us").check();
      await writer.kept();
      await writer.look();
      const draft = await told(writer);
      assert.equal(draft.title, "The week in March");
      const ids = draft.photos.map((photo: { id: string }) => photo.id);
      assert.equal(draft.body, `We had eleven days.\n\n# The window\n\nIt looked **east**.\n\n![](photo:${ids[0]})\n\n![](photo:${ids[1]})`);
      assert.deepEqual([draft.photos[0].alt, draft.photos[0].caption], ["A window, and light", "The first evening."]);
      assert.deepEqual(draft.notes, ["hospital", "a long wait"]);
      await page.getByRole("button", { name: "Publish" }).click();
      await page.getByText("Once it is published, these may read it: the circle Us.").waitFor();
      assert.equal((await told(writer)).state, "draft", "nothing is published before it was said");
      await page.getByRole("button", { name: "Publish" }).click();
      await page.getByRole("heading", { name: "The week in March" }).waitFor();
      assert.equal((await told(writer)).state, "published");
      await page.goBack();
      await page.goBack();
      assert.match(page.url(), /\/stories\/[a-z2-7]{26}\/(edit|publish)$/, "going back leads to this story, to no new one");
      assert.equal((await mara.get("/")).body.mine.filter((one: { title: string }) => one.title === "The week in March").length, name === "phone" ? 1 : 2);
      await writer.leave();
    });
  }

  test("by the keyboard alone: words, a link, a photo's order, publishing", async () => {
    const ids = [];
    for (const shade of [11, 12, 13]) ids.push((await mara.upload(picture(shade), "image/png")).body.id);
    const { id } = (await mara.post("/stories", { title: "Three", photos: ids.map((one) => ({ id: one })) })).body;
    const writer = await arrive();
    const { page } = writer;
    await writer.open(`/stories/${id}/edit`);
    const tab_to = async (what: string) => {
      for (let stop = 0; stop < 80; stop++) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate(() => document.activeElement!.outerHTML.slice(0, 400) + document.activeElement!.textContent);
        if (here.includes(what)) return;
      }
      assert.fail(`${what} cannot be reached`);
    };
    await tab_to('role="textbox"');
    await page.keyboard.type("# ");
    await page.keyboard.type("A heading\nA word, ");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("a.example/x_y");
    await page.keyboard.press("Enter");
    await page.keyboard.type(" and more.");
    await tab_to("Later");
    await page.keyboard.press("Enter");
    await page.getByText("Photo 2 of 3").waitFor({ state: "attached" });
    assert.match(await page.evaluate(() => document.activeElement!.textContent!), /Later/, "focus stays where it was");
    await page.keyboard.press("Enter");
    await writer.kept();
    const three = await told(writer);
    assert.deepEqual(three.photos.map((photo: { id: string }) => photo.id), [ids[1], ids[2], ids[0]]);
    assert.equal(three.body, "# A heading\n\nA word, <https://a.example/x_y> and more.");
    await tab_to('value="published"');
    await page.keyboard.press("Enter");
    await page.waitForURL(/publish$/);
    await tab_to(">Publish<");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Three" }).waitFor();
    assert.equal((await told(writer)).state, "published");
    await writer.leave();
  });

  test("what is typed into a published story is nobody's until it is saved", async () => {
    const { id } = (await mara.post("/stories", { title: "Open", body: "As it was.", audience: ["public"], state: "published" })).body;
    const seen = async () => (await fetch(`${keepsake.address}/stories/${id}`)).text();
    const writer = await arrive();
    await writer.open(`/stories/${id}/edit`);
    await writer.words.click();
    await writer.page.keyboard.press("Control+End");
    await writer.page.keyboard.type(" Not for them yet.");
    await writer.kept("saved_apart");
    assert.ok(!(await seen()).includes("Not for them yet."));
    await writer.open(`/stories/${id}/edit`);
    assert.match(await writer.text(), /As it was\. Not for them yet\./);
    await writer.page.getByText("is kept, and not saved yet").waitFor();
    await writer.look();
    await writer.page.getByRole("button", { name: "Save" }).click();
    await writer.page.waitForURL(`${keepsake.address}/stories/${id}`);
    assert.ok((await seen()).includes("Not for them yet."));
    await writer.open(`/stories/${id}/edit`);
    await writer.begin();
    await writer.page.keyboard.type("Never mind. ");
    await writer.kept("saved_apart");
    await writer.open(`/stories/${id}/edit`);
    await writer.page.getByRole("button", { name: "Go back to what readers see" }).click();
    await writer.page.locator("#story-form[data-ready]").waitFor();
    assert.equal((await writer.text()).trim(), "As it was. Not for them yet.");
    await writer.leave();
  });

  test("showing a published story to more people is asked once more", async () => {
    const { id } = (await mara.post("/stories", { title: "Wider", body: "Words.", audience: ["person:tane"], state: "published" })).body;
    const writer = await arrive();
    await writer.open(`/stories/${id}/edit`);
    await writer.page.locator("summary", { hasText: "More:" }).click();
    await writer.page.getByLabel("Everyone, and search engines").check();
    await writer.page.getByRole("button", { name: "Save" }).click();
    await writer.page.getByText("these may read it: everyone and tane").waitFor();
    assert.equal((await fetch(`${keepsake.address}/stories/${id}`)).status, 404, "nobody sees it before");
    await writer.look();
    await writer.page.getByRole("button", { name: "Publish" }).click();
    await writer.page.waitForURL(`${keepsake.address}/stories/${id}`);
    assert.equal((await fetch(`${keepsake.address}/stories/${id}`)).status, 200);
    await writer.leave();
  });

  test("two windows: the second is told, and both versions are there to choose from", async () => {
    const { id } = (await mara.post("/stories", { title: "Two windows", body: "To begin with." })).body;
    const writer = await arrive();
    await writer.open(`/stories/${id}/edit`);
    const second = await writer.new_window();
    await writer.open(`/stories/${id}/edit`, second);
    await writer.begin();
    await writer.page.keyboard.type("From the first. ");
    await writer.kept();
    await writer.begin(second);
    await second.keyboard.type("From the second. ");
    const choice = second.getByRole("alert").filter({ hasText: "This story was changed in the meantime" });
    await choice.waitFor();
    assert.match(await choice.innerText(), /From the first\./);
    assert.equal((await told(writer)).body, "From the first. To begin with.");
    await second.keyboard.type("And on. ");
    await second.getByRole("button", { name: "Go on with what is in the form" }).click();
    await writer.kept("saved", second);
    assert.equal((await told(writer)).body, "From the second. And on. To begin with.");
    await writer.page.keyboard.type("More. ");
    await writer.page.getByRole("button", { name: "Go on with what was saved meanwhile" }).click();
    assert.equal((await writer.text()).trim(), "From the second. And on. To begin with.");
    await writer.leave();
  });

  test("photos among the words, and the choice between two versions, as a screen reader meets them", async () => {
    const ids = [];
    for (const shade of [201, 202]) ids.push((await mara.upload(picture(shade), "image/png")).body.id);
    const photos = [{ id: ids[0], alt: "A window." }, { id: ids[1] }];
    const { id } = (await mara.post("/stories", { title: "Two photos", body: `Before.\n\n![](photo:${ids[0]})`, photos })).body;
    const writer = await arrive();
    await writer.open(`/stories/${id}/edit`);
    const rows = async (place: string) => (await writer.page.locator(`${place} .photo-row`).ariaSnapshot())
      .split("\n").filter((line) => /group|img|textbox|checkbox|button/.test(line)).map((line) => line.trim().replace("- ", ""));
    const asked = ['textbox "What can be seen, for those who cannot see it"', 'textbox "Caption (optional)"', 'checkbox "Leave this photo out"', 'button "Earlier"', 'button "Later"'];
    assert.deepEqual(await rows(".writing"), [
      'group "Photo 1 of 2":', 'img "A window."', `${asked[0]}: A window.`, ...asked.slice(1), 'button "Show it after my words"',
    ]);
    assert.deepEqual(await rows(".photo-rows"), [
      'group "Photo 2 of 2":', ...asked.slice(0, 2), 'textbox "Who took it (optional)"', ...asked.slice(2), 'button "Show it between my words"',
    ]);
    const second = await writer.new_window();
    await writer.open(`/stories/${id}/edit`, second);
    await writer.begin();
    await writer.page.keyboard.type("First. ");
    await writer.kept();
    await writer.begin(second);
    await second.keyboard.type("Second. ");
    const choice = second.getByRole("alert").filter({ hasText: "changed in the meantime" });
    await choice.waitFor();
    const said = (await choice.ariaSnapshot()).split("\n").filter((line) => /heading|button/.test(line)).map((line) => line.trim().replace("- ", ""));
    assert.deepEqual(said, [
      'heading "This story was changed in the meantime" [level=2]', 'button "Go on with what is in the form"', 'button "Go on with what was saved meanwhile"',
    ]);
    await writer.leave();
  });

  test("what Word puts on the clipboard comes as words", async () => {
    const writer = await arrive();
    await writer.open("/stories/new");
    await writer.words.click();
    await writer.page.evaluate(() => {
      const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style><meta name=Generator content="Microsoft Word 15"></head><body lang=EN-GB>
        <!--StartFragment--><p class=MsoTitle>The letter<o:p></o:p></p><p class=MsoNormal style='margin:0cm;font-family:"Calibri",sans-serif'><span style='color:red'>Dear <b style='mso-bidi-font-weight:normal'>all</b>,</span><o:p>&nbsp;</o:p></p>
        <p class=MsoNormal><o:p>&nbsp;</o:p></p>
        <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>one<o:p></o:p></p>
        <p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>two<o:p></o:p></p>
        <p class=MsoNormal><a href="https://a.example/">there</a><img src="file:///C:/x.png"><script>alert(1)</script></p><!--EndFragment--></body></html>`;
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", "Dear all");
      document.querySelector(".editor .writing")!.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await writer.kept();
    assert.equal((await told(writer)).body, "# The letter\n\nDear **all**,\n\n* one\n\n* two\n\n[there](https://a.example/)");
    await writer.leave();
  });

  test("Markdown that only plain text can show stays as it was written", async () => {
    const body = "| a | b |\n|---|---|\n| 1 | 2 |\n\nAnd <b>words</b>.";
    const { id } = (await mara.post("/stories", { title: "A table", body })).body;
    const writer = await arrive();
    await writer.open(`/stories/${id}/edit`);
    assert.equal(await writer.page.locator("textarea#body").inputValue(), body);
    await writer.page.getByText("something that only plain text can show").waitFor();
    await writer.look();
    await writer.page.locator("textarea#body").press("End");
    await writer.page.getByLabel(/^Title/).fill("Still a table");
    await writer.kept();
    assert.equal((await told(writer)).body, body);
    await writer.leave();
  });

  test("signs, emoji and other scripts come back as they were typed", async () => {
    const writer = await arrive();
    await writer.open("/stories/new");
    const typed = "<b>not bold</b> & &amp; *star* _line_ [x] 👩‍👧‍👦 e\u0301 العربية Ōtāwhao 1. # ~~a~~";
    await writer.words.click();
    await writer.page.keyboard.insertText(typed);
    await writer.page.getByLabel(/^Title/).fill("👩‍👧‍👦 العربية");
    await writer.kept();
    await writer.open(`/stories/${writer.story()}/edit`);
    assert.equal((await writer.text()).trim(), typed);
    await writer.page.goto(`${keepsake.address}/stories/${writer.story()}`);
    assert.ok((await writer.page.locator("article").innerText()).includes(typed));
    await writer.leave();
  });

  test("three hundred pages: typing stays quick, and is kept", async (context) => {
    const sentence = "We sat by the window and nobody said anything for a long while, which was good. ";
    const body = Array.from({ length: 1500 }, (_, at) => `${at}: ` + sentence.repeat(5).trim()).join("\n\n");
    assert.ok(body.length > 600_000);
    const { id } = (await mara.post("/stories", { title: "A long one", body })).body;
    const writer = await arrive(phone);
    const begun = Date.now();
    await writer.open(`/stories/${id}/edit`);
    const opened = Date.now() - begun;
    await writer.words.locator("p").nth(3).click();
    const session = await writer.context.newCDPSession(writer.page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const worked = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")!.value * 1000;
    const words: number[] = [];
    for (let at = 0, before = await worked(), now = before; at < 60; at++, before = now) {
      await writer.page.keyboard.type("a ", { delay: 50 });
      now = await worked();
      words.push(now - before);
    }
    words.sort((a, b) => b - a);
    await writer.kept();
    context.diagnostic(`${body.length} letters open in ${opened} ms; the processor works ${words.slice(0, 5).map(Math.round).join(", ")} ms on the slowest words of two keys, ${Math.round(words[30]!)} ms on most`);
    assert.ok(words[0]! < 400, `a word took ${words[0]} ms`);
    assert.equal((await told(writer)).body.length, body.length + 120);
    await writer.leave();
  });

  test("a photo that does not arrive says so, and can be sent again", async () => {
    const writer = await arrive(phone);
    const { page } = writer;
    await writer.open("/stories/new");
    const problem = { status: 413, contentType: "application/problem+json", body: JSON.stringify({ detail: "It is too large." }) };
    await page.route("**/uploads", (route) => route.fulfill(problem), { times: 1 });
    await page.getByLabel("Add photos").setInputFiles([file("lost.png", 200), file("there.png", 201)]);
    await page.getByText("This photo has not arrived: lost.png").waitFor();
    await writer.look();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".photo-rows .photo-row").nth(1).waitFor();
    await writer.kept();
    assert.equal((await told(writer)).photos.length, 2);
    await page.getByRole("button", { name: "Show it between my words" }).first().click();
    await writer.words.locator(".placed-photo").waitFor();
    await page.getByRole("button", { name: "Show it after my words" }).click();
    assert.equal(await page.locator(".photo-rows .photo-row").count(), 2);
    await writer.leave();
  });

  test("photos are ordered by dragging", async () => {
    const ids = [];
    for (const shade of [21, 22, 23]) ids.push((await mara.upload(picture(shade), "image/png")).body.id);
    const { id } = (await mara.post("/stories", { title: "Dragged", photos: ids.map((one) => ({ id: one })) })).body;
    const writer = await arrive();
    const { page } = writer;
    await writer.open(`/stories/${id}/edit`);
    const handle = page.locator(".photo-rows .photo-handle").nth(2);
    await handle.scrollIntoViewIfNeeded();
    const from = (await handle.boundingBox())!;
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    const first = (await page.locator(".photo-rows .photo-row").nth(0).boundingBox())!;
    await page.mouse.move(first.x + 10, first.y + 20, { steps: 10 });
    await page.mouse.up();
    await writer.kept();
    assert.deepEqual((await told(writer)).photos.map((photo: { id: string }) => photo.id), [ids[2], ids[0], ids[1]]);
    await writer.leave();
  });

  test("no other page but that of photos loads a script, and all of it is small enough for a phone", async (context) => {
    const writer = await arrive(phone);
    for (const path of ["/", "/circles", "/account", "/trash"]) {
      await writer.page.goto(keepsake.address + path);
      assert.equal(await writer.page.locator("script").count(), 0, path);
    }
    const session = await writer.context.newCDPSession(writer.page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await writer.open("/stories/new");
    context.diagnostic(`the writing page: ${bytes} bytes`);
    assert.ok(bytes <= 250 * 1024, `${bytes} bytes`);
    const address = (await writer.page.locator("script[src]").getAttribute("src"))!;
    const answer = await mara.get(address, { accept: "*/*", "accept-encoding": "gzip" });
    assert.match(answer.headers.get("cache-control")!, /immutable/);
    await writer.leave();
  });
});
