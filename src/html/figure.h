#pragma once
// A photo in a page, with its caption and credit.
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "html/safe_html.h"

namespace keepsake::html {

struct PlacedPhoto {
  PublicId id;
  int width = 0, height = 0;  // of what is shown; 0 if unknown
  std::string alt = {}, caption = {}, credit = {};
  std::string page = {};  // the address it leads to; empty: nowhere
  int number = 0;         // its place among the photos of the page, for the figure's id "photo-3"; 0: no id
  bool at_once = false;   // fetched with the page, not only when the reader comes near
  // Behind the photo until it has come: 0xRRGGBB of 3 x 2 parts of it, row by row, where it lies, of 2 x 3
  // where it stands. Empty: nothing. For photos that nothing shines through.
  std::vector<std::uint32_t> colours = {};
};

enum class Images { shown, described };
// How much room the photo has, as assets/keepsake.css gives it: a column of words, or the whole window.
enum class Room { column, window };

// <figure> with the renditions of /photos/ID/{320,1024,2048}, and with the width and height that keep its
// place free until it has come, with its colours there; described: its alt text in words, with no image, no
// address and no colour.
SafeHtml figure(const PlacedPhoto& photo, Images images, Room room = Room::column);

}  // namespace keepsake::html
