#pragma once
// How a photo of one's own is shown, as its page and programs say it: quarter turns, degrees, what is cut off
// of each side in percent, black and white.
#include <array>
#include <boost/json/object.hpp>
#include <string>

#include "html/values.h"
#include "photo/photo.h"
#include "web/input.h"
#include "web/respond.h"

namespace keepsake::web {

// `before` with what came of look_fields in its place. Refused: invalid at the field that is no number.
// Whether a look fits is for Photos to say.
Result<Look> typed_look(const Input& typed, Look before);
// The same the other way: what typed_look makes this look of.
Input input_of(const Look& look);
boost::json::object json_of(const Look& look);

// What templates/pages/own_photo.html shows, aside from the look.
html::Values own_photo_values(const Respond& respond, const Photo& photo);
// The name of its file, or when it was added.
std::string own_photo_title(const Respond& respond, const Photo& photo);
// Its section LOOK: the look as it is, and the form with what was typed.
void show_look(html::Values& values, const Look& look, const Input& typed);
// In that section: where frontend/src/look_page.ts finds the whole photo, with its colours, and how many
// quarter turns that has. What the page shows, if it is only turned; else the original, if every browser
// shows its kind; else nothing.
void show_whole(html::Values& values, const Photo& photo, const Look& look);

// Those of the page that can come back with a sentence.
inline constexpr std::array<FormField, 6> look_form_fields{
    {{"straighten"}, {"left"}, {"top"}, {"right"}, {"bottom"}, {"for_good", "for-good"}}};

}  // namespace keepsake::web
