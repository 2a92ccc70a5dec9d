#pragma once
// The host's own words: how they are reached, what they promise, and the help that ends every story; where
// everybody reads them and where the host writes them.
#include <string>

#include "upkeep/house_texts.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

// A text as it is shown: the host's own, or the program's in the language spoken now.
struct ShownText {
  std::string lang;
  std::string body;  // Markdown
  bool own = false;
};
ShownText shown_text(const Respond& respond, HouseTexts& texts, HouseText kind);

class HouseTextPages {
 public:
  HouseTextPages(HouseTexts& texts, const Respond& respond) : texts_(texts), respond_(respond) {}

  http::Response contact(Ask& ask, const Reading& who) const;
  http::Response privacy(Ask& ask, const Reading& who) const;
  http::Response list(Ask& ask, const Host& host) const;
  Result<http::Response> form(Ask& ask, const Host& host) const;
  Result<http::Response> write(Ask& ask, const Host& host) const;

 private:
  http::Response text_page(Ask& ask, const Reading& who, HouseText kind) const;
  http::Response form_page(const Host& host, HouseText kind, const Input& typed,
                           const Refusal* problem) const;
  http::Response json_of(HouseText kind) const;

  HouseTexts& texts_;
  const Respond& respond_;
};

}  // namespace keepsake::web
