#pragma once
// A helpline's record as a host writes it into a form, or a program into JSON.
#include <chrono>
#include <optional>
#include <string>

#include "helpline/line.h"
#include "html/values.h"
#include "web/help_view.h"
#include "web/input.h"
#include "web/respond.h"

namespace keepsake::web {

// `before` with what came of helpline_fields in its place; what the form does not ask for stays. Rows in
// which nothing was typed are none. Refused: invalid at a field that says nothing; whether the record can
// stand is for Helplines to say.
Result<Line> typed_line(const Input& typed, const Line& before, std::chrono::sys_days today);
// The same the other way: what typed_line makes this line of.
Input input_of(const Line& line);

// Fills templates/parts/HELPLINE_FIELDS.html with what was typed, and marks where the problem lies.
void show_line_form(html::Values& values, const Respond& respond, const HelpView& view, const Input& typed,
                    const Refusal* problem);

}  // namespace keepsake::web
