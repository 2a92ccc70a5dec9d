#pragma once
// A world that changes at random, in the plain values of the oracle and in a real database alike, by the same
// services that the program uses.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>

#include "audience/blocks.h"
#include "audience/circles.h"
#include "audience/gate_cookie.h"
#include "audience/guest_links.h"
#include "audience/items.h"
#include "audience/viewers.h"
#include "blobs/instance_key.h"
#include "support/audience_oracle.h"
#include "support/audience_services.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake::support {

// One who looks: as the world has them, and what they show to the server.
struct Looker {
  WorldViewer in_world;
  std::string pass;
  std::string cookie;
};

inline const std::vector<std::string> states = {"draft", "published", "withdrawn", "trashed"};

inline Grant as_grant(const WorldGrant& grant) {
  const auto key = [&] {
    if (grant.kind == "public") return Key::everyone();
    if (grant.kind == "door") return Key::door();
    if (grant.kind == "members") return Key::members();
    if (grant.kind == "circle") return Key::circle({grant.who});
    if (grant.kind == "person") return Key::person({grant.who});
    return Key::link({grant.who});
  };
  return {key(), grant.exempt};
}

class RandomWorld {
 public:
  RandomWorld(db::Engine engine, std::uint64_t seed)
      : fresh_(engine), database_(fresh_.open()), random_(seed), seed_(seed) {
    world_.now = to_micros(clock_.now());
    persons_.people.on_remove([this](db::Tx& tx, PersonId) { server_.epoch.raise(tx); });
    lookers_.resize(6);  // nobody in particular, one who only accepts at gates, and guests
    for (int i = 0; i < 7; ++i) add_person();
    for (Number photo = 1; photo <= 14; ++photo) world_.photo_owners[photo] = pick(world_.persons);
    for (int i = 0; i < 5; ++i) add_circle();
    for (int i = 0; i < 24; ++i) add_item();
    for (int i = 0; i < 6; ++i) add_link();
  }

 protected:
  // Chance.
  int below(int bound) { return std::uniform_int_distribution(0, bound - 1)(random_); }
  bool once_in(int times) { return below(times) == 0; }
  template <class Container>
  typename Container::value_type pick(const Container& from) {
    return *std::next(from.begin(), below(static_cast<int>(from.size())));
  }
  WorldItem& any_item() {
    return std::next(world_.items.begin(), below(static_cast<int>(world_.items.size())))->second;
  }
  Looker& any_looker() {
    return lookers_[static_cast<std::size_t>(below(static_cast<int>(lookers_.size())))];
  }
  AudienceServices& services() { return once_in(8) ? command_ : server_; }
  PublicId public_id_of_circle(Number circle) {
    return *database_->read([&](db::Reader& reader) { return Circles::public_id(reader, {circle}); });
  }
  std::string name_of(Number person) {
    return database_->read([&](db::Reader& reader) { return People::find(reader, PersonId{person})->name; });
  }
  template <class Act>
  auto write(const Act& act) {
    return database_->write([&](db::Tx& tx) { return act(tx); });
  }

  // Changes, each to the world and to the database.
  void add_person() {
    const auto name = "person-" + std::to_string(++names_);
    const auto person = persons_.add(name).value;
    world_.persons.insert(person);
    Looker looker;
    looker.in_world.person = person;
    lookers_.push_back(looker);
  }

  void replace_person() {
    const auto person = pick(world_.persons);
    ASSERT_FALSE(persons_.people.remove({person}).refused());
    world_.forget_person(person);
    std::erase_if(lookers_, [&](const Looker& looker) { return looker.in_world.person == person; });
    for (auto& [photo, owner] : world_.photo_owners)
      if (owner == person) owner = pick(world_.persons);
    add_person();
  }

  void add_circle() {
    const auto owner = pick(world_.persons);
    std::vector<std::string> names;
    std::set<Number> people;
    for (int i = below(4); i > 0; --i) people.insert(pick(world_.persons));
    people.erase(owner);
    for (const auto person : people) names.push_back(name_of(person));
    const auto id = *services().circles.create({owner}, "Some", names);
    const auto row = database_->read([&](db::Reader& reader) { return Circles::row(reader, {owner}, id); });
    world_.circles[row->value] = people;
    world_.circle_owners[row->value] = owner;
  }

  void change_circle() {
    const auto [circle, owner] = pick(world_.circle_owners);
    const auto id = public_id_of_circle(circle);
    const auto person = pick(world_.persons);
    if (once_in(5)) {
      ASSERT_FALSE(services().circles.end({owner}, id).refused());
      world_.forget_circle(circle);
      return add_circle();
    }
    if (person == owner) return;
    if (once_in(2)) {
      ASSERT_FALSE(services().circles.add({owner}, id, name_of(person)).refused());
      world_.circles[circle].insert(person);
    } else {
      ASSERT_FALSE(services().circles.remove({owner}, id, name_of(person)).refused());
      world_.circles[circle].erase(person);
    }
  }

  void add_item() {
    WorldItem item;
    item.author = pick(world_.persons);
    item.album = once_in(6);
    item.id = write([&](db::Tx& tx) {
                return server_.items.create(tx, item.album ? ItemKind::album : ItemKind::story, {item.author},
                                            clock_.now());
              }).value;
    world_.items[item.id] = item;
    auto& added = world_.items[item.id];
    set_photos(added);
    if (added.album) return set_sealed(added);
    if (once_in(3)) set_gate(added);
    set_grants(added);
    set_state(added, once_in(4) ? pick(states) : "published");
  }

  void set_state(WorldItem& item, const std::string& state) {
    const auto number = std::find(states.begin(), states.end(), state) - states.begin();
    write([&](db::Tx& tx) {
      services().items.set_state(tx, {item.id}, static_cast<ItemState>(number), clock_.now());
    });
    item.state = state;
    if (state == "published" && !item.published) item.published = world_.now;
  }

  std::vector<WorldGrant> random_grants(const WorldItem& item) {
    std::vector<WorldGrant> grants;
    if (once_in(3)) grants.push_back({"public", 0, once_in(4)});
    if (once_in(6)) grants.push_back({"door", 0, once_in(4)});
    if (once_in(4)) grants.push_back({"members", 0, once_in(4)});
    if (once_in(2)) grants.push_back({"circle", pick(world_.circle_owners).first, once_in(3)});
    if (once_in(3)) grants.push_back({"person", pick(world_.persons), once_in(3)});
    for (const auto& [link, facts] : world_.links)
      if (facts.item == item.id && !facts.revoked && !once_in(3))
        grants.push_back({"link", link, once_in(3)});
    return grants;
  }

  void set_grants(WorldItem& item) {
    const bool door = item.grants_to("door", 0);
    item.grants = random_grants(item);
    if (item.grants_to("door", 0) != door) ++item.gate_edition;
    std::vector<Grant> grants;
    for (const auto& grant : item.grants) grants.push_back(as_grant(grant));
    std::shuffle(grants.begin(), grants.end(), random_);
    write([&](db::Tx& tx) { services().items.set_grants(tx, {item.id}, grants); });
  }

  void set_gate(WorldItem& item) {
    const bool notes = !once_in(3);
    const bool changed = once_in(2);
    if (notes != item.notes || changed) ++item.gate_edition;
    item.notes = notes;
    write([&](db::Tx& tx) { services().items.set_gate(tx, {item.id}, notes, changed); });
  }

  void set_photos(WorldItem& item) {
    item.photos.clear();
    std::vector<PhotoId> photos;
    for (int i = below(4); i > 0; --i) item.photos.insert(pick(world_.photo_owners).first);
    for (const auto photo : item.photos) photos.push_back({photo});
    write([&](db::Tx& tx) { services().items.set_photos(tx, {item.id}, photos); });
  }

  void forget_photo() {
    const auto photo = pick(world_.photo_owners).first;
    write([&](db::Tx& tx) {
      const PhotoId gone{photo};
      services().items.forget_photos(tx, {&gone, 1});
    });
    for (auto& [id, item] : world_.items) item.photos.erase(photo);
  }

  void set_sealed(WorldItem& album) {
    album.sealed = once_in(2);
    write([&](db::Tx& tx) { services().items.set_sealed(tx, {album.id}, album.sealed); });
  }

  void replace_item() {
    const auto item = any_item().id;
    write([&](db::Tx& tx) { services().items.remove(tx, {item}); });
    world_.forget_item(item);
    add_item();
  }

  void accept(Looker& looker, const WorldItem& item) {
    if (&looker == &lookers_[0]) return;
    if (!item.has_gate() || oracle_.outcome(looker.in_world, item.id) == "hidden") return;
    const WorldAcceptance acceptance{item.gate_edition, once_in(2)};
    const auto accepted = acceptance.descriptions_only ? Accepted::descriptions : Accepted::all;
    if (const auto person = looker.in_world.person) {
      world_.acceptances[{item.id, *person}] = acceptance;
      return write([&](db::Tx& tx) { services().items.accept_gate(tx, {item.id}, {*person}, accepted); });
    }
    const auto version =
        database_->read([&](db::Reader& reader) { return Items::facts(reader, {item.id})->gate_version; });
    looker.in_world.cookie[item.id] = acceptance;
    looker.cookie =
        cookies_.seal(GateCookie::with(cookies_.open(looker.cookie), {{item.id}, version, accepted}));
  }

  void add_link() {
    auto& item = any_item();
    if (item.album) return;
    WorldLink link{item.id, false, std::nullopt};
    NewGuestLink wanted{"Grandma"};
    wanted.past_gate = once_in(3);
    if (once_in(2)) wanted.expires = clock_.now() + std::chrono::hours(1 + below(200));
    if (wanted.expires) link.expires = to_micros(*wanted.expires);
    const auto created = *services().links.create({item.author}, {item.id}, wanted);
    const auto row = server_.links.of_item({item.author}, {item.id}).back().row.value;
    world_.links[row] = link;
    secrets_[row] = created;
    item.grants.push_back({"link", row, wanted.past_gate});
  }

  void revoke_link() {
    if (world_.links.empty()) return;
    auto& [id, link] = *std::next(world_.links.begin(), below(static_cast<int>(world_.links.size())));
    auto& item = world_.items.at(link.item);
    const bool refused = services().links.revoke({item.author}, secrets_[id].id).refused();
    EXPECT_EQ(refused, link.revoked);
    link.revoked = true;
    world_.forget_grants("link", id);
  }

  void open_link() {
    if (world_.links.empty()) return;
    const auto [id, link] = pick(world_.links);
    auto& looker = any_looker();
    if (&looker == &lookers_[0] || &looker == &lookers_[1]) return;
    auto inside = looker.in_world;
    inside.opened_links.insert(id);
    inside.pass_expires = world_.now + 1;
    const bool works = oracle_.link_stands(id) && world_.items.at(link.item).grants_to("link", id) &&
                       oracle_.outcome(inside, link.item) != "hidden";
    const auto opened =
        services().links.open(viewer_of(looker), secrets_[id].secret, "", looker.pass, "192.0.2.1");
    EXPECT_EQ(works, !opened.refused()) << "link " << id << "; KEEPSAKE_SEED=" << seed_;
    if (opened.refused()) return;
    if (world_.now >= looker.in_world.pass_expires) looker.in_world.opened_links.clear();
    looker.in_world.opened_links.insert(id);
    looker.in_world.pass_expires = to_micros(opened->pass_expires);
    looker.pass = opened->pass;
  }

  void change_block() {
    const auto by = pick(world_.persons), person = pick(world_.persons);
    if (by == person) return;
    if (once_in(3)) {
      ASSERT_FALSE(services().blocks.block({by}, name_of(person)).refused());
      world_.blocks.insert({by, person});
    } else {
      ASSERT_FALSE(services().blocks.unblock({by}, name_of(person)).refused());
      world_.blocks.erase({by, person});
    }
  }

  void change_quiet() {
    const auto person = pick(world_.persons);
    if (world_.quiet.erase(person) > 0 || once_in(2)) {
      return write([&](db::Tx& tx) { services().blocks.resume(tx, {person}); });
    }
    world_.quiet.insert(person);
    write([&](db::Tx& tx) { services().blocks.pause(tx, {person}); });
  }

  void pass_time() {
    const auto by = once_in(40) ? std::chrono::hours(401 * 24) : std::chrono::hours(below(60));
    clock_.advance(by);
    world_.now = to_micros(clock_.now());
  }

  void change() {
    auto& item = any_item();
    switch (below(15)) {
      case 0:
        set_state(item, item.album ? pick(states) : once_in(2) ? "published" : pick(states));
        break;
      case 1:
      case 2:
        if (!item.album) set_grants(item);
        break;
      case 3:
        if (!item.album) set_gate(item);
        break;
      case 4:
      case 5:
      case 6:
        for (int i = 0; i < 5; ++i) accept(any_looker(), any_item());
        break;
      case 7:
        change_circle();
        break;
      case 8:
        once_in(2) ? add_link() : revoke_link();
        break;
      case 9:
        for (int i = 0; i < 3; ++i) open_link();
        break;
      case 10:
        change_block();
        break;
      case 11:
        change_quiet();
        break;
      case 12:
        item.album ? set_sealed(item) : set_photos(item);
        break;
      case 13:
        once_in(4)   ? replace_item()
        : once_in(4) ? forget_photo()
        : once_in(8) ? replace_person()
                     : pass_time();
        break;
      default:
        pass_time();
        break;
    }
    server_.epoch.refresh();  // as the command beside the server has it do
  }

  Viewer viewer_of(const Looker& looker) {
    Shown shown;
    if (looker.in_world.person) shown.person = PersonId{*looker.in_world.person};
    shown.pass = looker.pass;
    shown.gate_passes = cookies_.open(looker.cookie);
    return viewers_.make(shown);
  }

  FreshDatabase fresh_;
  std::unique_ptr<db::Database> database_;
  std::mt19937_64 random_;
  std::uint64_t seed_;
  int names_ = 0;

  Persons persons_{*database_};
  ManualClock& clock_ = persons_.clock;
  AudienceServices server_{*database_, persons_.passwords, clock_};
  AudienceServices command_{*database_, persons_.passwords, clock_};
  Viewers viewers_{*database_, server_.epoch, clock_, seed_ % 2 ? 200'000u : 100u};
  GateCookie cookies_{blobs::InstanceKey::from_bytes(Bytes(32, std::byte{7}))};

  World world_;
  Oracle oracle_{world_};
  std::vector<Looker> lookers_;
  std::map<Number, CreatedGuestLink> secrets_;
};

}  // namespace keepsake::support
