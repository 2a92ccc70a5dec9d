#pragma once
// A photo in a page, with its caption and credit.
#include <string>

#include "base/id.h"
#include "html/safe_html.h"

namespace keepsake::html {

struct PlacedPhoto {
  PublicId id;
  int width = 0, height = 0;  // of the upright original; 0 if unknown
  std::string alt, caption, credit;
};

enum class Images { shown, described };

// <figure> with the renditions of /photos/ID/{320,1024,2048}; described: its alt text in words, with no
// image and no address.
SafeHtml figure(const PlacedPhoto& photo, Images images);

}  // namespace keepsake::html
