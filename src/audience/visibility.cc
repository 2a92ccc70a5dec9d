#include "audience/visibility.h"

#include <algorithm>

#include "audience/visibility_store.h"

namespace keepsake {
namespace {

// "The author may exempt named people, circles or links."
bool may_exempt(KeyKind kind) {
  return kind == KeyKind::circle || kind == KeyKind::person || kind == KeyKind::link;
}

Outcome beyond_gate(const ItemFacts& item, const Relation& relation) {
  if (!item.gate || relation.accepted == Accepted::all) return Outcome::open;
  return relation.accepted == Accepted::descriptions ? Outcome::descriptions : Outcome::gated;
}

// What the grants that the viewer meets come to, with or without those by a link, which end by themselves.
Outcome by_grants(const ItemFacts& item, const Viewer& viewer, const Relation& relation, bool links) {
  auto outcome = Outcome::hidden;
  for (const auto& grant : item.grants) {
    if (!viewer.holds(grant.key) || (!links && grant.key.kind() == KeyKind::link)) continue;
    if (grant.past_gate && may_exempt(grant.key.kind())) return Outcome::open;
    outcome = beyond_gate(item, relation);
  }
  return outcome;
}

// A signed-in viewer's acceptances are in the database, any other's come with them.
Accepted accepted_of(const Viewer& viewer, const visibility_store::Known& known) {
  if (viewer.signed_in()) return known.accepted;
  auto accepted = Accepted::nothing;
  for (const auto& pass : viewer.gate_passes)
    if (pass.item == known.facts.item && pass.gate_version == known.facts.gate_version)
      accepted = pass.accepted;
  return accepted;
}

Decision decide_known(const Viewer& viewer, const visibility_store::Known& known) {
  return decide(known.facts, viewer, {known.blocked, accepted_of(viewer, known)});
}

}  // namespace

Decision decide(const ItemFacts& item, const Viewer& viewer, const Relation& relation) {
  if (viewer.is(item.author))
    return {.outcome = Outcome::open, .author = true, .gate_version = item.gate_version};
  if (item.state != ItemState::published || item.author_quiet || relation.blocked) return {};
  Decision decision{.outcome = by_grants(item, viewer, relation, true), .gate_version = item.gate_version};
  if (decision.outcome != by_grants(item, viewer, relation, false)) decision.until = viewer.keys_until;
  return decision;
}

namespace visibility {

Decision of_item(db::Reader& reader, const Viewer& viewer, ItemId item) {
  const auto known = visibility_store::of_item(reader, viewer, item);
  return known ? decide_known(viewer, *known) : Decision();
}

Decision of_photo(db::Reader& reader, const Viewer& viewer, PhotoId photo, PersonId owner) {
  Decision decision{.author = viewer.is(owner), .until = Time::min()};
  bool sealed = false;
  for (const auto& known : visibility_store::holding(reader, viewer, photo)) {
    if (known.kind == ItemKind::album) {
      sealed = sealed || known.sealed;
      continue;
    }
    const auto story = decide_known(viewer, known);
    if (story.outcome != Outcome::open) continue;
    decision.outcome = Outcome::open;
    decision.until = std::max(decision.until, story.until);
  }
  if (decision.author && !sealed) decision.outcome = Outcome::open;
  if (decision.outcome == Outcome::hidden || (decision.author && !sealed)) decision.until = Time::max();
  return decision;
}

bool exists_for(db::Reader& reader, const Viewer& viewer, PersonId author) {
  const bool seen = visibility_store::sees_a_story_of(reader, viewer, author);
  return seen || viewer.is(author);
}

}  // namespace visibility
}  // namespace keepsake
