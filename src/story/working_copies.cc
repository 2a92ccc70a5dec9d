#include "story/working_copies.h"

#include "story/story_store.h"
#include "story/working_copy_store.h"

namespace keepsake {

std::optional<WorkingCopy> WorkingCopies::find(const Viewer& viewer, const PublicId& story) {
  return database_.read([&](db::Reader& reader) -> std::optional<WorkingCopy> {
    const auto head = story_store::own_head(reader, viewer, story);
    return head ? working_copy_store::find(reader, head->item) : std::nullopt;
  });
}

Result<KeptCopy> WorkingCopies::keep(const Viewer& viewer, const PublicId& story, std::string form,
                                     std::optional<std::int64_t> expected) {
  if (form.size() > most_bytes) return Refusal{Refused::too_large, "This is more than a story can hold."};
  return database_.write([&](db::Tx& tx) -> Result<KeptCopy> {
    const auto head = story_store::own_head(tx, viewer, story);
    if (!head || head->state == ItemState::trashed) return story_rules::not_found();
    if (expected && *expected != head->version) return KeptCopy{head->version, true};
    const WorkingCopy copy{form, head->version + 1, clock_.now()};
    working_copy_store::put(tx, head->item, copy);
    working_copy_store::set_version(tx, head->item, copy.version);
    return KeptCopy{copy.version};
  });
}

Result<Done> WorkingCopies::discard(const Viewer& viewer, const PublicId& story) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto head = story_store::own_head(tx, viewer, story);
    if (!head) return story_rules::not_found();
    working_copy_store::remove(tx, head->item);
    working_copy_store::set_version(tx, head->item, head->version + 1);
    return Done{};
  });
}

}  // namespace keepsake
