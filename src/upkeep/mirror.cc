#include "upkeep/mirror.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

#include "base/file.h"
#include "base/log.h"
#include "photo/blob_row_store.h"
#include "photo/photos.h"
#include "upkeep/mirror_store.h"

namespace keepsake {
namespace {

namespace fs = std::filesystem;

constexpr const char* mark_name = "keepsake-mirror";
constexpr const char* unfinished_mark_name = "keepsake-mirror.new";
constexpr std::size_t longest_mark = 4096;
// What there may be in a directory that counts as empty.
constexpr std::string_view no_content[] = {"lost+found", unfinished_mark_name};

std::string mark_of(const blobs::InstanceKey& key) {
  return "A mirror of Keepsake's photos, encrypted. Under the key " + key.fingerprint() + "\n";
}

std::optional<std::string> mark_in(const fs::path& directory) {
  const Descriptor file(
      ::open((directory / mark_name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::nullopt;
  if (!file) throw_errno("opening the mark of a mirror");
  Bytes bytes(longest_mark);
  bytes.resize(read_at(file, 0, bytes));
  return std::string(as_text(bytes));
}

bool holds_nothing(const fs::path& directory) {
  return std::ranges::all_of(fs::directory_iterator(directory), [](const fs::directory_entry& entry) {
    return std::ranges::find(no_content, entry.path().filename().string()) != std::end(no_content);
  });
}

// Whole or not at all.
void put_mark(const fs::path& directory, const std::string& mark) {
  const Descriptor folder = open_folder(directory);
  const Descriptor file(::openat(folder.get(), unfinished_mark_name,
                                 O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) throw_errno("marking a mirror");
  write_at(file, 0, as_byte_view(mark));
  make_durable(file);
  if (::renameat(folder.get(), unfinished_mark_name, folder.get(), mark_name) != 0)
    throw_errno("marking a mirror");
  make_durable(folder);
}

}  // namespace

std::string_view name_of(MirrorState state) {
  constexpr std::array<std::string_view, 5> names{"none", "ready", "absent", "unmarked", "foreign"};
  return names.at(static_cast<std::size_t>(state));
}

Mirror::Mirror(db::Database& database, const blobs::InstanceKey& key, fs::path directory)
    : database_(database), key_(key), directory_(std::move(directory)) {}

std::unique_ptr<blobs::BlobStore> Mirror::open() try {
  if (!wanted()) return nullptr;
  state_ = look();
  if (state_ != MirrorState::ready) return nullptr;
  return blobs::open_file_store(directory_ / "blobs", directory_ / "unfinished", key_);
} catch (const std::system_error&) {
  state_ = MirrorState::absent;
  return nullptr;
} catch (const blobs::DiskFull&) {
  state_ = MirrorState::absent;
  return nullptr;
}

MirrorState Mirror::look() {
  if (!fs::is_directory(directory_)) return MirrorState::absent;
  const auto mark = mark_in(directory_);
  if (!mark) return look_without_mark();
  if (*mark != mark_of(key_)) return MirrorState::foreign;
  if (place_known() != directory_.string()) keep_place();
  return MirrorState::ready;
}

MirrorState Mirror::look_without_mark() {
  if (place_known() == directory_.string()) return MirrorState::unmarked;
  if (!holds_nothing(directory_)) return MirrorState::foreign;
  put_mark(directory_, mark_of(key_));
  keep_place();
  return MirrorState::ready;
}

std::optional<std::string> Mirror::place_known() {
  return database_.read([](db::Reader& reader) { return mirror_store::place(reader); });
}

void Mirror::keep_place() {
  database_.write([&](db::Tx& tx) { mirror_store::keep_place(tx, directory_.string()); });
}

void Mirror::begin_anew() {
  database_.write([](db::Tx& tx) { mirror_store::forget_place(tx); });
}

namespace mirror {
namespace {

// With the runner's pauses: about three hours, and about two weeks.
constexpr std::int64_t most_copying = 11, most_removing = 64;

// Does `act` with the mirror's files. What throws is thrown on, to be tried again, as often as `most` says.
template <class Act>
void try_for(Mirror& mirror, const jobs::Job& job, std::int64_t most, Act act) try {
  if (!mirror.wanted()) return;
  const auto files = mirror.open();
  if (!files) throw Away("the mirror is not there");
  act(*files);
} catch (const std::runtime_error&) {
  if (job.attempt < most) throw;
  log_warning("given up for the mirror", {{"kind", job.kind}});
}

bool is_there(const blobs::BlobStore& files, const PublicId& name) try {
  return static_cast<bool>(files.file(name));
} catch (const blobs::Missing&) {
  return false;
}

// Whether the database names it.
bool is_named(db::Database& database, const PublicId& name) {
  return database.read([&](db::Reader& reader) { return blob_row_store::has(reader, name); });
}

}  // namespace

void follow_removal(db::Tx& tx, std::span<const PublicId> names, Time now) {
  jobs::enqueue(tx, removal_job, photos::name_list(names), now);
}

void copy(Mirror& mirror, db::Database& database, const blobs::BlobStore& blobs, const jobs::Job& job) {
  try_for(mirror, job, most_copying, [&](blobs::BlobStore& files) {
    for (const PublicId& name : photos::names_in(job.payload)) {
      if (is_there(files, name) || !is_there(blobs, name)) continue;
      files.replace(name, blobs.file(name));
      // Removed meanwhile, and from the mirror perhaps before it was there.
      if (!is_named(database, name)) files.remove(name);
    }
  });
}

void remove(Mirror& mirror, const jobs::Job& job) {
  try_for(mirror, job, most_removing, [&](blobs::BlobStore& files) {
    for (const PublicId& name : photos::names_in(job.payload)) files.remove(name);
  });
}

}  // namespace mirror
}  // namespace keepsake
