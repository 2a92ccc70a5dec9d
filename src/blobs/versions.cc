#include "blobs/versions.h"

#include <openssl/crypto.h>
#include <sodium.h>

namespace keepsake::blobs {

std::vector<LibraryVersion> library_versions() {
  return {{"libsodium", sodium_version_string()}, {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)}};
}

}  // namespace keepsake::blobs
