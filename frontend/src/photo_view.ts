// A photo between the words: the picture, and below it the row that asks what can be seen.

import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";

import { element } from "./dom.ts";
import type { Photos } from "./photos.ts";

export class PhotoView implements NodeView {
  readonly dom: HTMLElement;
  private readonly holder = element("div", { class: "photo-home" });

  constructor(private readonly node: Node, private readonly photos: Photos) {
    this.dom = element("figure", { class: "placed-photo", contenteditable: "false", "data-photo-id": node.attrs.id }, this.holder);
    photos.claim(node.attrs.id, this.holder);
    if (!photos.knows(node.attrs.id)) this.holder.append(element("p", { class: "quiet" }, node.attrs.text || "…"));
  }

  update(node: Node): boolean {
    return node.type === this.node.type && node.attrs.id === this.node.attrs.id;
  }
  // What is typed about a photo is no change of the words around it.
  stopEvent(event: Event): boolean {
    return (event.target as Element).closest?.("input, textarea, button, label, .photo-handle") != null;
  }
  ignoreMutation(): boolean {
    return true;
  }
  destroy(): void {
    this.photos.release(this.node.attrs.id, this.holder);
  }
}
