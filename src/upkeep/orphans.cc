#include "upkeep/orphans.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "photo/kept_blob_store.h"

namespace keepsake {
namespace {

constexpr std::size_t letters_together = 2;

std::string beginning_of(const PublicId& name) {
  return name.text().substr(0, letters_together);
}

// The first and the last name that begin with those letters; the last letter of a name holds three bits
// alone.
PublicId first_of(const std::string& letters) {
  return PublicId::parse(letters + std::string(PublicId::text_size - letters.size(), 'a')).value();
}
PublicId last_of(const std::string& letters) {
  return PublicId::parse(letters + std::string(PublicId::text_size - letters.size() - 1, '7') + "4").value();
}

// Nothing if it is gone by now.
std::optional<Time> written(const blobs::BlobStore& store, const PublicId& name) try {
  struct stat status{};
  if (::fstat(store.file(name).get(), &status) != 0) throw_errno("looking at a blob");
  return from_micros(status.st_mtim.tv_sec * 1'000'000 + status.st_mtim.tv_nsec / 1000);
} catch (const blobs::Missing&) {
  return std::nullopt;
} catch (const blobs::Damaged&) {
  return std::nullopt;
}

}  // namespace

void for_each_orphan(db::Database& database, const blobs::BlobStore& store, Time now,
                     const std::function<void(const PublicId& name)>& each) {
  std::vector<PublicId> together;
  // The files are listed before the rows are read, so whatever has a row by then is known.
  const auto judge = [&] {
    if (together.empty()) return;
    const std::string letters = beginning_of(together.front());
    const auto known = database.read([&](db::Reader& reader) {
      return kept_blob_store::known_names(reader, first_of(letters), last_of(letters));
    });
    for (const PublicId& name : together) {
      if (std::ranges::binary_search(known, name)) continue;
      if (const auto time = written(store, name); time && *time < now - orphan_age) each(name);
    }
    together.clear();
  };
  store.for_each([&](const PublicId& name) {
    if (!together.empty() && beginning_of(together.front()) != beginning_of(name)) judge();
    together.push_back(name);
  });
  judge();
}

}  // namespace keepsake
