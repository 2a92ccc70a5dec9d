#pragma once
// What the bodies of requests about albums hold, as web/bodies.h says of the others.
#include "web/fields.h"

namespace keepsake::web {

inline constexpr Field album_fields[] = {
    {"name", FieldType::text, true},
    {"sealed", FieldType::boolean, false, "it stays shut, for oneself too, until it is opened"}};
inline constexpr Field album_photo_fields[] = {
    {"photos", FieldType::texts, false, "ids of photos of one's own"},
    {"files", FieldType::texts, false, "image files"}};
inline constexpr Field drop_link_fields[] = {
    {"name", FieldType::text, true, "whom it is for"},
    {"passphrase", FieldType::text, false, "10 characters or more"},
    {"expires", FieldType::text, false, "a day (2026-12-31) or a time (RFC 3339)"},
    {"most_photos", FieldType::number, false, "that may come by it in all; 2000 unless told"},
    {"most_bytes", FieldType::number, false, "of originals; 20 gigabytes unless told"}};
}  // namespace keepsake::web
