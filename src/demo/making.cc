#include "demo/making.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <stdexcept>

#include "base/embedded.h"
#include "base/random.h"
#include "base/text.h"
#include "demo/camera.h"

namespace keepsake::demo {
namespace {

template <class T>
T taken(Result<T> result, std::string_view what) {
  if (result.refused())
    throw std::runtime_error("The demo's " + std::string(what) + ": " + result.refusal().sentence);
  return std::move(result).value();
}

std::vector<std::string> texts(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

PhotoSource source_of(const Bytes& file) {
  return {[&file, at = std::size_t{0}](std::span<std::byte> into) mutable {
            const std::size_t count = std::min(into.size(), file.size() - at);
            std::memcpy(into.data(), file.data() + at, count);
            at += count;
            return count;
          },
          file.size()};
}

// "{1}" alone in a paragraph becomes the first photo.
std::string with_places(std::string_view body, const std::vector<StoryChange::Photo>& photos) {
  std::string text(body);
  for (std::size_t at = 0; at < photos.size(); ++at) {
    const std::string place = "{" + std::to_string(at + 1) + "}";
    if (const auto found = text.find(place); found != text.npos)
      text.replace(found, place.size(), "![](photo:" + photos[at].id + ")");
  }
  return text;
}

class Making {
 public:
  Making(const Workshop& workshop, const MakingOptions& options) : use_(workshop), options_(options) {
    for (const Tale& tale : tales_) all_pictures_ += static_cast<int>(tale.pictures.size());
  }

  Made whole() {
    const Time today = use_.clock.now();
    use_.clock.set(today - std::chrono::days(730));
    for (const CastMember& member : cast()) add(member);
    for (const CastCircle& circle : cast_circles()) add(circle);
    for (const Tale& tale : tales_) {
      use_.clock.set(today - std::chrono::days(tale.days_ago) -
                     std::chrono::minutes(37 * tale.days_ago % 600));
      tell(tale);
    }
    use_.clock.set(today);
    return std::move(made_);
  }

 private:
  void add(const CastMember& member) {
    const std::string password = random_password();
    const NewPerson person{std::string(member.name), std::string(member.display_name), password, member.host};
    people_[member.name] = taken(use_.people.add(person), member.name);
    made_.people.push_back({member, password});
  }

  void add(const CastCircle& circle) {
    const auto id = use_.circles.create(people_.at(circle.owner), circle.name, texts(circle.people));
    circles_["circle:" + std::string(circle.name)] = "circle:" + taken(id, circle.name).text();
  }

  // As audience_words.h wants them: circles by their ids.
  std::vector<std::string> words(const std::vector<std::string_view>& audience) const {
    std::vector<std::string> found;
    for (const std::string_view word : audience) {
      const auto circle = circles_.find(std::string(word));
      found.push_back(circle == circles_.end() ? std::string(word) : circle->second);
    }
    return found;
  }

  Viewer viewer(std::string_view name) { return use_.viewers.make({.person = people_.at(name)}); }

  StoryChange::Photo photo(const Tale& tale, const Picture& picture) {
    const Canvas canvas = scene(picture.scene, picture.seed, options_.width, options_.height);
    const Bytes pixels = developed(canvas, {.colour = picture.colour, .seed = picture.seed});
    const Bytes file = png(options_.width, options_.height, pixels);
    const auto added = taken(use_.photos.add(viewer(tale.author), source_of(file)), tale.title);
    options_.told(++made_.photos, all_pictures_);
    return {added.id.text(), std::string(picture.alt), std::string(picture.caption), {}};
  }

  StoryChange draft(const Tale& tale) {
    std::vector<StoryChange::Photo> photos;
    for (const Picture& picture : tale.pictures) photos.push_back(photo(tale, picture));
    const bool published = tale.ending == Ending::published || tale.ending == Ending::withdrawn;
    return {.title = std::string(tale.title),
            .lang = std::string(tale.lang),
            .body = with_places(tale.body, photos),
            .author_note = std::string(tale.author_note),
            .notes = texts(tale.notes),
            .topics = texts(tale.topics),
            .photos = photos,
            .audience = words(tale.audience),
            .past_gate = words(tale.past_gate),
            .state = published ? "published" : "draft"};
  }

  void tell(const Tale& tale) {
    const Story story = taken(use_.stories.create(viewer(tale.author), draft(tale)), tale.title);
    for (const Link& link : tale.links) add(tale, story, link);
    if (tale.ending == Ending::withdrawn)
      taken(use_.stories.change(viewer(tale.author), story.id, {.state = "withdrawn"}), tale.title);
    if (tale.ending == Ending::trashed)
      taken(use_.stories.move_to_trash(viewer(tale.author), story.id), tale.title);
    ++made_.stories;
  }

  void add(const Tale& tale, const Story& story, const Link& link) {
    NewGuestLink wanted{.name = std::string(link.name)};
    if (link.passphrase) wanted.passphrase = random_password();
    const auto created = taken(use_.links.create(people_.at(tale.author), story.item, wanted), link.name);
    made_.links.push_back({tale.title, link.name, created.secret, wanted.passphrase.value_or("")});
  }

  const Workshop& use_;
  const MakingOptions& options_;
  const std::vector<Tale> tales_ = tales();
  int all_pictures_ = 0;
  std::map<std::string_view, PersonId> people_;
  std::map<std::string, std::string> circles_;
  Made made_;
};

}  // namespace

bool is_empty(db::Database& database) {
  return database.read([](db::Reader& reader) { return People::list(reader, "", 1).empty(); });
}

Made make(const Workshop& workshop, const MakingOptions& options) {
  if (!is_empty(workshop.database))
    throw std::runtime_error(
        "There are people here already. The demo is made in a directory of its own, and nowhere else.");
  return Making(workshop, options).whole();
}

std::string random_password() {
  const auto list = split(trim(*embedded_file("words/recovery_english.txt")), '\n');
  const Bytes chosen = random_bytes(8);
  std::string password;
  for (std::size_t word = 0; word < 4; ++word) {
    const auto number = std::to_integer<std::size_t>(chosen[2 * word]) << 8 |
                        std::to_integer<std::size_t>(chosen[2 * word + 1]);
    password.append(password.empty() ? "" : "-").append(list[number % list.size()]);
  }
  return password;
}

}  // namespace keepsake::demo
