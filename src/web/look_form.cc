#include "web/look_form.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

Refusal not_that_way(std::string_view field) {
  return {Refused::invalid, "A photo cannot be shown that way.", std::string(field)};
}

// "2.5", from hundredths.
std::string decimal(double value) {
  const auto hundredths = std::llround(value * 100);
  std::string text = std::to_string(std::abs(hundredths) / 100);
  if (const auto rest = std::abs(hundredths) % 100; rest != 0) {
    text += rest < 10 ? ".0" : ".";
    text += std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  }
  return hundredths < 0 ? "-" + text : text;
}

// False where a number was typed that is none; nothing typed leaves `value` as it was.
bool read_decimal(const Input& typed, std::string_view field, double& value) {
  const std::string text = typed.text_or_empty(field);
  const std::string_view digits = trim(text);
  if (digits.empty()) return true;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  return error == std::errc() && end == digits.data() + digits.size() && std::isfinite(value);
}

// What is cut off of each side, in percent.
struct Cuts {
  double left = 0, top = 0, right = 0, bottom = 0;
};
constexpr struct {
  std::string_view field;
  double Cuts::* side;
} sides[] = {{"left", &Cuts::left}, {"top", &Cuts::top}, {"right", &Cuts::right}, {"bottom", &Cuts::bottom}};

Cuts cuts_of(const Look& look) {
  const auto& crop = look.crop;
  return {100 * crop.left, 100 * crop.top, 100 * std::max(0.0, 1 - crop.left - crop.width),
          100 * std::max(0.0, 1 - crop.top - crop.height)};
}

void set_cuts(Look& look, const Cuts& cuts) {
  look.crop = {cuts.left / 100, cuts.top / 100, 1 - (cuts.left + cuts.right) / 100,
               1 - (cuts.top + cuts.bottom) / 100};
}

}  // namespace

Result<Look> typed_look(const Input& typed, Look look) {
  const auto turns = typed.number("quarter_turns").value_or(look.quarter_turns);
  if (turns < 0 || turns > 3) return not_that_way("quarter_turns");
  look.quarter_turns = static_cast<int>(turns);
  if (!read_decimal(typed, "straighten", look.straighten)) return not_that_way("straighten");
  Cuts cuts = cuts_of(look);
  for (const auto& [field, side] : sides) {
    if (!read_decimal(typed, field, cuts.*side) || cuts.*side < 0) return not_that_way(field);
  }
  set_cuts(look, cuts);
  look.black_and_white = typed.boolean("black_and_white").value_or(look.black_and_white);
  const auto turn = typed.text_or_empty("turn");
  if (turn == "left") return turned_left(look);
  if (turn == "right") return turned_right(look);
  if (!turn.empty()) return not_that_way("turn");
  return look;
}

Input input_of(const Look& look) {
  Input input;
  input.set("quarter_turns", std::int64_t{look.quarter_turns});
  input.set("straighten", decimal(look.straighten));
  const Cuts cuts = cuts_of(look);
  for (const auto& [field, side] : sides) input.set(field, decimal(cuts.*side));
  input.set("black_and_white", look.black_and_white);
  return input;
}

json::object json_of(const Look& look) {
  json::object body{{"quarter_turns", look.quarter_turns}, {"straighten", decimal(look.straighten)}};
  const Cuts cuts = cuts_of(look);
  for (const auto& [field, side] : sides) body[field] = decimal(cuts.*side);
  body["black_and_white"] = look.black_and_white;
  return body;
}

std::string own_photo_title(const Respond& respond, const Photo& photo) {
  if (!photo.name.empty()) return photo.name;
  return respond.say("photo_of_day", {{"day", respond.day(photo.uploaded)}});
}

html::Values own_photo_values(const Respond& respond, const Photo& photo) {
  html::Values values;
  values.set("PHOTO_ID", photo.id.text()).set("PHOTO_TITLE", own_photo_title(respond, photo));
  const std::string added = respond.say("photo_of_day", {{"day", respond.day(photo.uploaded)}});
  values.set("PHOTO_ADDED", added).set("FILE_SIZE", respond.words().customs().size(photo.size));
  if (photo.shown()) {
    const Extent shown = fit(photo.extent, rendition_edges[1]);
    values.add("SHOWN").set("PHOTO_ALT", added).set("WIDTH", shown.width).set("HEIGHT", shown.height);
  } else {
    values.add("UNSHOWN");
  }
  return values;
}

void show_look(html::Values& values, const Look& look, const Input& typed) {
  const Input now = input_of(look);
  values.set("TURNS_NOW", look.quarter_turns).set("STRAIGHTEN_NOW", now.text_or_empty("straighten"));
  values.set("LEFT_NOW", now.text_or_empty("left")).set("TOP_NOW", now.text_or_empty("top"));
  values.set("RIGHT_NOW", now.text_or_empty("right")).set("BOTTOM_NOW", now.text_or_empty("bottom"));
  values.show_if(look.black_and_white, "BLACK_AND_WHITE_NOW");
  values.show_if(look != Look(), "CHANGED");
  values.set("TURNS", std::to_string(typed.number("quarter_turns").value_or(0)));
  values.set("STRAIGHTEN", typed.text_or_empty("straighten"));
  values.set("LEFT", typed.text_or_empty("left")).set("TOP", typed.text_or_empty("top"));
  values.set("RIGHT", typed.text_or_empty("right")).set("BOTTOM", typed.text_or_empty("bottom"));
  values.show_if(typed.boolean("black_and_white").value_or(false), "BLACK_AND_WHITE");
}

void show_whole(html::Values& values, const Photo& photo, const Look& look) {
  static constexpr std::array shown_by_browsers{"image/jpeg", "image/png", "image/webp"};
  const bool only_turned = look == Look{.quarter_turns = look.quarter_turns};
  if (!only_turned && std::ranges::find(shown_by_browsers, photo.media_type) == shown_by_browsers.end())
    return;
  values.add("WHOLE")
      .set("PHOTO_ID", photo.id.text())
      .set("WHOLE_PATH", only_turned ? std::to_string(rendition_edges[1]) : "original")
      .set("WHOLE_TURNED", only_turned ? look.quarter_turns : 0);
}

}  // namespace keepsake::web
