#include "durability/recorder.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>

namespace keepsake::durability {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Puts errno back: whoever called must see that of the call itself.
class KeptError {
 public:
  KeptError() = default;
  ~KeptError() { errno = kept_; }
  KeptError(const KeptError&) = delete;
  KeptError& operator=(const KeptError&) = delete;

 private:
  const int kept_ = errno;
};

std::string path_of(int descriptor) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  return {path, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string absolute(int folder, const char* path) {
  if (path[0] == '/') return path;
  const std::string base = folder == AT_FDCWD ? std::filesystem::current_path().string() : path_of(folder);
  return base + "/" + path;
}

}  // namespace

Recorder::Recorder() : root_(variable("SHADOW_ROOT")), forgets_(variable("SHADOW_FORGETS")) {
  const std::string record = variable("SHADOW_RECORD");
  if (record.empty() || root_.empty()) return;
  constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  record_ = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, record.c_str(), flags, 0600));
  if (record_ < 0) std::abort();
}

bool Recorder::follows(std::string_view path) const {
  if (record_ < 0 || !path.starts_with(root_) || path.ends_with("-shm")) return false;
  return path.size() == root_.size() || path[root_.size()] == '/';
}

bool Recorder::forgets(const std::string& path) const {
  if (path.size() == root_.size()) return false;
  std::string_view rest = forgets_;
  while (!rest.empty()) {
    const std::string pattern(rest.substr(0, rest.find(':')));
    if (::fnmatch(pattern.c_str(), path.c_str() + root_.size() + 1, 0) == 0) return true;
    rest.remove_prefix(std::min(rest.size(), pattern.size() + 1));
  }
  return false;
}

void Recorder::add(Kind kind, std::uint64_t folder, std::uint64_t file, std::uint64_t at,
                   std::string_view name, std::string_view bytes) const {
  const Entry entry{
      folder, file, at, static_cast<std::uint32_t>(bytes.size()), static_cast<std::uint16_t>(name.size()),
      kind,   0};
  std::string whole(reinterpret_cast<const char*>(&entry), sizeof entry);
  whole.append(name).append(bytes);
  // An entry that is half there would shift all that follow.
  const long written = ::syscall(SYS_write, record_, whole.data(), whole.size());
  if (written != static_cast<long>(whole.size())) std::abort();
}

Recorder::Turn::Turn(Recorder& recorder) : recorder_(recorder), lock_(recorder.mutex_) {
  const KeptError kept;
  ::flock(recorder_.record_, LOCK_EX);
}

Recorder::Turn::~Turn() {
  const KeptError kept;
  ::flock(recorder_.record_, LOCK_UN);
}

Recorder& recorder() {
  static auto* const made = new Recorder;
  return *made;
}

std::optional<Opened> followed(int descriptor) {
  const KeptError kept;
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || status.st_nlink == 0) return std::nullopt;
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return std::nullopt;
  std::string path = path_of(descriptor);
  if (!recorder().follows(path)) return std::nullopt;
  return Opened{std::move(path), status.st_ino};
}

std::optional<Place> place(int folder, const char* path) {
  const KeptError kept;
  if (!path) return std::nullopt;
  auto whole = std::filesystem::path(absolute(folder, path)).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  if (!recorder().follows(whole.native()) || !recorder().follows(whole.parent_path().native()))
    return std::nullopt;
  struct stat parent{}, itself{};
  if (::stat(whole.parent_path().c_str(), &parent) != 0) return std::nullopt;
  Place found{whole.filename(), parent.st_ino, std::nullopt};
  if (::lstat(whole.c_str(), &itself) == 0) found.there = itself.st_ino;
  return found;
}

std::uint64_t inode_of(int descriptor) {
  const KeptError kept;
  struct stat status{};
  ::fstat(descriptor, &status);
  return status.st_ino;
}

void cannot_follow(const char* call) {
  const Recorder::Turn turn(recorder());
  recorder().add(Kind::unknown, 0, 0, 0, call);
}

}  // namespace keepsake::durability
