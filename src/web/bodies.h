#pragma once
// What the bodies of requests hold, route by route.
#include "web/fields.h"

namespace keepsake::web {

inline constexpr Field sign_in_fields[] = {
    {"name", FieldType::text, true},
    {"password", FieldType::text, true},
    {"then"},
    {"carried", FieldType::text, false, "for forms: what was typed before the session ended"}};
inline constexpr Field sign_in_code_fields[] = {
    {"ticket", FieldType::text, true, "what the right password was answered with"},
    {"code", FieldType::text, true, "the six digits of the app, or a recovery code"},
    {"then"},
    {"carried", FieldType::text, false, "for forms: what was typed before the session ended"}};
inline constexpr Field passkey_request_fields[] = {
    {"ticket", FieldType::text, false, "for the second step: what the right password was answered with"}};
inline constexpr Field passkey_sign_in_fields[] = {
    {"credential", FieldType::text, true, "its id, as all that follow in base64url"},
    {"client_data", FieldType::text, true},
    {"authenticator_data", FieldType::text, true},
    {"signature", FieldType::text, true},
    {"handle", FieldType::text, false, "the user handle; must be there where no ticket is"},
    {"ticket", FieldType::text, false, "for the second step"},
    {"then"},
    {"carried", FieldType::text, false, "for forms: what was typed before the session ended"}};
inline constexpr Field recover_fields[] = {{"name", FieldType::text, true},
                                           {"code", FieldType::text, true, "one of the ten recovery codes"},
                                           {"password", FieldType::text, true, "the new one"}};
inline constexpr Field reset_fields[] = {{"password", FieldType::text, true, "the new one"}};
inline constexpr Field person_fields[] = {{"name", FieldType::text, true, "2 to 32 of a-z 0-9 - _"},
                                          {"display_name", FieldType::text, false, "in any script"},
                                          {"password", FieldType::text, true, "10 characters or more"}};
inline constexpr Field phrase_fields[] = {
    {"words", FieldType::texts, true, "the words asked for, in their order"}};
inline constexpr Field invite_fields[] = {
    {"circle", FieldType::text, false, "the id of a circle of one's own"}};
inline constexpr Field language_fields[] = {
    {"language", FieldType::text, true, "of the pages, as BCP 47; empty: as the browser asks"},
    {"then", FieldType::text, false, "for forms: where to go on"}};
inline constexpr Field country_fields[] = {
    {"country", FieldType::text, true, "ISO 3166-1 alpha-2; XX: none of those; empty: as the browser asks"},
    {"then", FieldType::text, false, "for forms: where to go on"}};
inline constexpr Field profile_fields[] = {{"display_name", FieldType::text, true}};
inline constexpr Field password_fields[] = {{"present", FieldType::text, true},
                                            {"new", FieldType::text, true}};
inline constexpr Field present_fields[] = {{"present", FieldType::text, true, "the present password"}};
inline constexpr Field confirm_fields[] = {
    {"code", FieldType::text, true, "the six digits that the app shows now"}};
inline constexpr Field passkey_fields[] = {
    {"label", FieldType::text, false, "what the person calls it"},
    {"client_data", FieldType::text, true, "as the authenticator's answer has it, in base64url"},
    {"attestation", FieldType::text, true, "the attestation object, in base64url"}};
inline constexpr Field after_password_fields[] = {
    {"present", FieldType::text, true, "the present password"},
    {"asked", FieldType::boolean, false, "whether a passkey is asked for after the password"}};
inline constexpr Field token_fields[] = {{"label", FieldType::text, true, "what the token is for"}};
inline constexpr Field block_fields[] = {{"name", FieldType::text, true}};
inline constexpr Field name_again_fields[] = {
    {"name", FieldType::text, true, "the person's name once more, so that nobody goes by mistake"}};
inline constexpr Field quota_fields[] = {
    {"gigabytes", FieldType::text, false, "for forms: such as 2 or 0.5; empty takes it away"},
    {"bytes", FieldType::number, false, "for programs; absent takes it away"}};
inline constexpr Field house_text_fields[] = {
    {"body", FieldType::text, true, "Markdown; empty takes it away"},
    {"lang", FieldType::text, false, "one of the languages of the pages"}};
inline constexpr Field upload_fields[] = {{"files", FieldType::texts, true, "image files"}};
inline constexpr Field removal_fields[] = {
    {"for_good", FieldType::boolean, false, "must be true in the form"}};
inline constexpr Field look_fields[] = {
    {"quarter_turns", FieldType::number, false, "clockwise, 0 to 3"},
    {"straighten", FieldType::text, false, "degrees clockwise, -15 to 15, such as \"-2.5\""},
    {"left", FieldType::text, false, "what is cut off there, in percent of the width, such as \"12.5\""},
    {"top", FieldType::text, false, "in percent of the height"},
    {"right", FieldType::text, false, "in percent of the width"},
    {"bottom", FieldType::text, false, "in percent of the height"},
    {"black_and_white", FieldType::boolean},
    {"turn", FieldType::text, false, "\"left\" or \"right\": a quarter more, with the part that is shown"}};
inline constexpr Field photo_fields[] = {
    {"look", FieldType::object, false, "how it is shown; what is not named stays", look_fields}};
inline constexpr Field circle_fields[] = {{"name", FieldType::text, true},
                                          {"people", FieldType::texts, false, "their names"}};
inline constexpr Field rename_fields[] = {{"name", FieldType::text, true}};
inline constexpr Field circle_person_fields[] = {
    {"name", FieldType::text, true, "the name of the person to let in"}};
inline constexpr Field link_fields[] = {
    {"name", FieldType::text, true, "whom it is for"},
    {"passphrase", FieldType::text, false, "10 characters or more"},
    {"expires", FieldType::text, false, "a day (2026-12-31) or a time (RFC 3339)"},
    {"past_gate", FieldType::boolean, false, "its readers need not pass the gate"}};
inline constexpr Field open_fields[] = {{"passphrase"}};
inline constexpr Field gate_fields[] = {
    {"accept", FieldType::text, true, "\"all\" or \"descriptions\""},
    {"gate", FieldType::number, false, "which gate was shown; another one by now is a conflict"}};

inline constexpr Field story_photo_fields[] = {
    {"id", FieldType::text, true, "a photo of one's own"},
    {"caption"},
    {"alt", FieldType::text, false, "what can be seen, for those who cannot see it"},
    {"credit", FieldType::text, false, "\"Photo: supplied\""},
    {"place", FieldType::number, false, "for forms: which of them it wants to be, from 1"},
    {"leave_out", FieldType::boolean, false, "for forms: this photo leaves the story"}};
inline constexpr Field story_fields[] = {
    {"title"},
    {"lang", FieldType::text, false, "BCP 47"},
    {"body", FieldType::text, false, "Markdown; ![](photo:ID) places a photo"},
    {"photos", FieldType::objects, false, "in their order", story_photo_fields},
    {"notes", FieldType::texts, false, "what readers will meet; makes a gate"},
    {"note", FieldType::text, false, "the author's word at the gate"},
    {"topics", FieldType::texts, false, "what it is about, for the help that readers are shown"},
    {"help_at_gate", FieldType::boolean, false, "that help is shown before the story too, at its gate"},
    {"audience", FieldType::texts, false,
     "\"public\", \"door\", \"members\", \"circle:ID\", \"person:NAME\", \"link:ID\"; none: only me"},
    {"past_gate", FieldType::texts, false, "those of the audience who need not pass the gate"},
    {"named", FieldType::text, false, "for forms: names of persons, added to the audience"},
    {"comments", FieldType::text, false, "\"nobody\", \"named\" or \"readers\""},
    {"state", FieldType::text, false, "\"draft\", \"published\" or \"withdrawn\""},
    {"version", FieldType::number, false, "the version that was edited; another one in between is a 409"},
    {"started", FieldType::text, false,
     "26 letters that name the form of a new story: sent again it makes no second one"},
    {"person", FieldType::text, false, "who typed this; with another person's session it is a 403"},
    {"look", FieldType::boolean, false, "for forms: shows the form as it was typed, nothing is saved"}};
inline constexpr Field publish_fields[] = {
    {"version", FieldType::number, false, "the version that was looked at; another one in between is a 409"},
    {"topics", FieldType::texts, false, "added to those of the story"}};

}  // namespace keepsake::web
