#pragma once
// What the bodies of requests about helplines hold.
#include "web/fields.h"

namespace keepsake::web {

inline constexpr Field helpline_channel_fields[] = {
    {"kind", FieldType::text, true, "\"call\", \"text\", \"chat\", \"mail\" or \"web\""},
    {"number", FieldType::text, true, "as it is published"},
    {"dial", FieldType::text, false, "what is dialled or opened; absent: made of the number"},
    {"keyword", FieldType::text, false, "what to write in the text message"}};
inline constexpr Field helpline_source_fields[] = {
    {"address", FieldType::text, true, "begins with https://"},
    {"quote", FieldType::text, false, "its words that carry number and hours"},
    {"own", FieldType::boolean, false, "whether it is the provider's own"},
    {"today", FieldType::boolean, false, "whether it was read today; a new source always is"}};
// The whole record: of what is absent it has nothing. Regions, ages, languages and days that are otherwise
// stay as they were.
inline constexpr Field helpline_fields[] = {
    {"country", FieldType::text, false, "of a new line: ISO 3166-1 alpha-2, or \"XX\" for everywhere"},
    {"name", FieldType::text, true},
    {"who", FieldType::text, false, "whom it is for, if not everyone"},
    {"topics", FieldType::texts},
    {"general", FieldType::boolean, false, "listens to anyone about anything"},
    {"emergency", FieldType::boolean, false, "the emergency number"},
    {"channels", FieldType::objects, true, "how one gets through", helpline_channel_fields},
    {"hours", FieldType::text, false,
     "\"always\" or \"mo-fr 09:00-17:00; sa 10:00-14:00\"; absent: not known"},
    {"zone", FieldType::text, false, "IANA, of the hours"},
    {"cost"},
    {"sources", FieldType::objects, true, "one of them read today, with its words", helpline_source_fields},
    {"sure", FieldType::text, true, "\"provider\", \"two\" or \"one\""}};
inline constexpr Field did_not_work_fields[] = {
    {"kind", FieldType::text, true, "\"no-answer\", \"wrong-number\", \"other-hours\" or \"other\""}};

}  // namespace keepsake::web
