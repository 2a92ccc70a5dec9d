#pragma once
// The fiction of the demo: people who never were, and what they tell. Nothing here is about anybody. Nobody
// who speaks the languages other than English has confirmed the words yet.
#include <cstdint>
#include <string_view>
#include <vector>

#include "demo/scenes.h"

namespace keepsake::demo {

struct CastMember {
  std::string_view name, display_name;
  std::string_view about;  // one line for whoever looks at the demo
  bool host = false;
};

struct CastCircle {
  std::string_view owner, name;
  std::vector<std::string_view> people;
};

struct Picture {
  Scene scene;
  std::uint32_t seed;
  std::string_view alt;
  std::string_view caption = {};
  bool colour = true;
};

struct Link {
  std::string_view name;
  bool passphrase = false;
};

enum class Ending { published, draft, withdrawn, trashed };

struct Tale {
  std::string_view author, lang, title;
  int days_ago = 0;       // that it was told
  std::string_view body;  // Markdown; "{1}" alone in a paragraph is the place of the first picture
  std::vector<Picture> pictures;
  // "public", "door", "members", "person:NAME", and "circle:" with the circle's name; none: only me.
  std::vector<std::string_view> audience = {}, past_gate = {};
  std::vector<std::string_view> notes = {}, topics = {};
  std::string_view author_note = {};
  std::vector<Link> links = {};
  Ending ending = Ending::published;
};

std::vector<CastMember> cast();
std::vector<CastCircle> cast_circles();
// In the order in which they were told.
std::vector<Tale> tales();

// The parts of tales().
std::vector<Tale> tales_of_a_family();
std::vector<Tale> tales_of_neighbours();
std::vector<Tale> tales_from_afar();

}  // namespace keepsake::demo
