#pragma once
// A world in plain values and, over it, the rule of visibility in the design's own words. Naive on purpose,
// and it shares nothing with src/audience: what both say alike is likely to be true.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace keepsake::support {

using Number = std::int64_t;  // of a row

struct WorldGrant {
  std::string kind;  // "public", "door", "members", "circle", "person", "link"
  Number who = 0;
  bool exempt = false;  // from the gate
  auto operator<=>(const WorldGrant&) const = default;
};

struct WorldItem {
  Number id = 0;
  Number author = 0;
  bool album = false;
  bool sealed = false;
  std::string state = "draft";
  std::optional<Number> published;
  bool notes = false;
  int gate_edition = 0;  // one more whenever what the gate says changes
  std::vector<WorldGrant> grants;
  std::set<Number> photos;

  bool grants_to(const std::string& kind, Number who) const {
    return std::any_of(grants.begin(), grants.end(),
                       [&](const WorldGrant& g) { return g.kind == kind && g.who == who; });
  }
  bool has_gate() const { return notes || grants_to("door", 0); }
};

struct WorldAcceptance {
  int gate_edition = 0;
  bool descriptions_only = false;
};

struct WorldLink {
  Number item = 0;
  bool revoked = false;
  std::optional<Number> expires;
};

struct WorldViewer {
  std::optional<Number> person;
  std::set<Number> opened_links;  // with the pass
  Number pass_expires = 0;
  std::map<Number, WorldAcceptance> cookie;  // by item
};

struct World {
  Number now = 0;
  std::set<Number> persons;
  std::map<Number, WorldItem> items;
  std::map<Number, std::set<Number>> circles;  // their people
  std::map<Number, Number> circle_owners;
  std::map<Number, WorldLink> links;
  std::set<std::pair<Number, Number>> blocks;  // who blocked whom
  std::set<Number> quiet;
  std::map<std::pair<Number, Number>, WorldAcceptance> acceptances;  // of an item, by a person
  std::map<Number, Number> photo_owners;

  void forget_grants(const std::string& kind, Number who) {
    for (auto& [id, item] : items)
      std::erase_if(item.grants, [&](const WorldGrant& g) { return g.kind == kind && g.who == who; });
  }
  void forget_item(Number item) {
    items.erase(item);
    std::erase_if(links, [&](const auto& link) { return link.second.item == item; });
    std::erase_if(acceptances, [&](const auto& one) { return one.first.first == item; });
  }
  void forget_circle(Number circle) {
    circles.erase(circle);
    circle_owners.erase(circle);
    forget_grants("circle", circle);
  }
  void forget_person(Number person) {
    persons.erase(person);
    quiet.erase(person);
    std::vector<Number> items_gone, circles_gone;
    for (const auto& [id, item] : items)
      if (item.author == person) items_gone.push_back(id);
    for (const auto& [id, owner] : circle_owners)
      if (owner == person) circles_gone.push_back(id);
    for (const auto id : items_gone) forget_item(id);
    for (const auto id : circles_gone) forget_circle(id);
    for (auto& [id, people] : circles) people.erase(person);
    forget_grants("person", person);
    std::erase_if(blocks, [&](const auto& b) { return b.first == person || b.second == person; });
    std::erase_if(acceptances, [&](const auto& one) { return one.first.second == person; });
  }
};

class Oracle {
 public:
  explicit Oracle(const World& world) : world_(world) {}

  // "A viewer holds keys: public, door; members, person:ID, their circle:IDs when signed in; link:ID with a
  // guest pass."
  bool holds_key(const WorldViewer& viewer, const std::string& kind, Number who) const {
    if (kind == "public" || kind == "door") return true;
    if (kind == "members") return viewer.person.has_value();
    if (kind == "person") return viewer.person == who;
    if (kind == "circle") return viewer.person && world_.circles.at(who).count(*viewer.person) > 0;
    if (kind == "link") return opened(viewer, who) && link_stands(who);
    return false;
  }

  // "A story has one of three outcomes for a viewer: hidden, ...; gated, ...; open."
  std::string outcome(const WorldViewer& viewer, Number item) const {
    const auto found = world_.items.find(item);
    if (found == world_.items.end()) return "hidden";
    const auto& story = found->second;
    if (viewer.person == story.author) return "open";
    if (is_hidden_from(viewer, story)) return "hidden";
    if (!story.has_gate() || is_exempt(viewer, story)) return "open";
    const auto accepted = acceptance(viewer, story);
    if (!accepted || accepted->gate_edition != story.gate_edition) return "gated";
    return accepted->descriptions_only ? "descriptions" : "open";
  }

  // "A photo is visible if some story open to the viewer holds it, or the viewer owns it and no sealed album
  // holds it."
  bool photo_is_visible(const WorldViewer& viewer, Number photo) const {
    bool in_open_story = false, in_sealed_album = false;
    for (const auto& [id, item] : world_.items) {
      if (item.photos.count(photo) == 0) continue;
      if (!item.album && outcome(viewer, id) == "open") in_open_story = true;
      if (item.album && item.sealed) in_sealed_album = true;
    }
    return in_open_story || (viewer.person == world_.photo_owners.at(photo) && !in_sealed_album);
  }

  // What others published that is not hidden, the newest first.
  std::vector<Number> feed(const WorldViewer& viewer) const {
    auto seen = published_for(viewer, [&](const WorldItem& item) { return viewer.person != item.author; });
    std::reverse(seen.begin(), seen.end());
    return numbers(seen);
  }

  // "They show what their viewer may see", from the beginning.
  std::vector<Number> of_author(const WorldViewer& viewer, Number author) const {
    return numbers(published_for(viewer, [&](const WorldItem& item) { return item.author == author; }));
  }

  // "A person's page exists for whoever may see one of their stories", and for themselves.
  bool page_exists(const WorldViewer& viewer, Number author) const {
    return viewer.person == author || !of_author(viewer, author).empty();
  }

  bool link_stands(Number link) const {
    const auto found = world_.links.find(link);
    if (found == world_.links.end() || found->second.revoked) return false;
    return !found->second.expires || world_.now < *found->second.expires;
  }

 private:
  using Published = std::vector<std::pair<Number, Number>>;  // time and item

  bool opened(const WorldViewer& viewer, Number link) const {
    return viewer.opened_links.count(link) > 0 && world_.now < viewer.pass_expires;
  }

  bool is_hidden_from(const WorldViewer& viewer, const WorldItem& story) const {
    if (viewer.person && (world_.blocks.count({*viewer.person, story.author}) > 0 ||
                          world_.blocks.count({story.author, *viewer.person}) > 0))
      return true;
    if (story.state != "published" || world_.quiet.count(story.author) > 0) return true;
    return std::none_of(story.grants.begin(), story.grants.end(),
                        [&](const WorldGrant& grant) { return holds_key(viewer, grant.kind, grant.who); });
  }

  // "The author may exempt named people, circles or links."
  bool is_exempt(const WorldViewer& viewer, const WorldItem& story) const {
    return std::any_of(story.grants.begin(), story.grants.end(), [&](const WorldGrant& grant) {
      const bool named = grant.kind == "person" || grant.kind == "circle" || grant.kind == "link";
      return grant.exempt && named && holds_key(viewer, grant.kind, grant.who);
    });
  }

  std::optional<WorldAcceptance> acceptance(const WorldViewer& viewer, const WorldItem& story) const {
    if (!viewer.person) {
      const auto found = viewer.cookie.find(story.id);
      return found == viewer.cookie.end() ? std::nullopt : std::optional(found->second);
    }
    const auto found = world_.acceptances.find({story.id, *viewer.person});
    return found == world_.acceptances.end() ? std::nullopt : std::optional(found->second);
  }

  template <class Wanted>
  Published published_for(const WorldViewer& viewer, const Wanted& wanted) const {
    Published seen;
    for (const auto& [id, item] : world_.items)
      if (!item.album && item.state == "published" && wanted(item) && outcome(viewer, id) != "hidden")
        seen.emplace_back(*item.published, id);
    std::sort(seen.begin(), seen.end());
    return seen;
  }

  static std::vector<Number> numbers(const Published& seen) {
    std::vector<Number> items;
    for (const auto& [time, item] : seen) items.push_back(item);
    return items;
  }

  const World& world_;
};

}  // namespace keepsake::support
