#pragma once
// The certificate that this server shows, from files that somebody else renews.
#include <openssl/ssl.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "http/server.h"

namespace keepsake::http {

using TlsContext = std::shared_ptr<SSL_CTX>;

// For one thread.
class TlsCertificate {
 public:
  // Throws std::runtime_error, saying of which file and why, if they cannot be read or do not belong
  // together.
  explicit TlsCertificate(TlsFiles files);

  // What the next connection is to use. Looks for a renewed certificate every few seconds; one that makes no
  // sense is logged and the last good one stays.
  const TlsContext& current();

 private:
  using WrittenAt = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;
  WrittenAt written_at() const;

  const TlsFiles files_;
  WrittenAt written_;
  TlsContext context_;
  std::chrono::steady_clock::time_point looked_ = std::chrono::steady_clock::now();
};

}  // namespace keepsake::http
