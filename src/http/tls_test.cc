#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "http/test_server.h"
#include "support/http_client.h"
#include "support/temporary_folder.h"

namespace keepsake::http {
namespace {

using namespace std::chrono_literals;
using support::HttpClient;

template <auto free>
struct FreedBy {
  void operator()(auto* object) const { free(object); }
};
using OwnKey = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using OwnCertificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using OwnFile = std::unique_ptr<std::FILE, FreedBy<std::fclose>>;

// A certificate that vouches for itself, as `name`, with its key.
TlsFiles write_certificate(const std::filesystem::path& folder, const std::string& name) {
  const TlsFiles files{folder / "certificate.pem", folder / "key.pem", 0};
  const OwnKey key(EVP_EC_gen("P-256"));
  const OwnCertificate certificate(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const OwnFile certificate_file(std::fopen(files.certificate.c_str(), "w"));
  PEM_write_X509(certificate_file.get(), certificate.get());
  const OwnFile key_file(std::fopen(files.key.c_str(), "w"));
  PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return files;
}

// A client by TLS over a connection of its own.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int newest = TLS1_3_VERSION, std::string_view protocols = {})
      : context_(SSL_CTX_new(TLS_client_method())), client_(port), tls_(SSL_new(context_.get())) {
    SSL_set_max_proto_version(tls_.get(), newest);
    SSL_set_security_level(tls_.get(), 0);
    if (!protocols.empty())
      SSL_set_alpn_protos(tls_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                          static_cast<unsigned>(protocols.size()));
    SSL_set_fd(tls_.get(), client_.socket());
    connected_ = SSL_connect(tls_.get()) == 1;
  }

  bool connected() const { return connected_; }
  std::string protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls_.get(), &chosen, &size);
    return size == 0 ? "" : std::string(reinterpret_cast<const char*>(chosen), size);
  }
  std::string name_of_server() const {
    const OwnCertificate shown(SSL_get1_peer_certificate(tls_.get()));
    std::array<char, 100> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, name.data(), name.size());
    return name.data();
  }

  bool send(std::string_view bytes) {
    return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  // All that is said until the server has said goodbye; nothing if the line was cut instead.
  std::string receive_all() {
    std::string all;
    std::array<char, 16 * 1024> some;
    while (true) {
      const int count = SSL_read(tls_.get(), some.data(), some.size());
      if (count > 0) {
        all.append(some.data(), static_cast<std::size_t>(count));
      } else {
        return SSL_get_error(tls_.get(), count) == SSL_ERROR_ZERO_RETURN ? all : "";
      }
    }
  }

 private:
  std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>> context_;
  HttpClient client_;
  std::unique_ptr<SSL, FreedBy<SSL_free>> tls_;
  bool connected_ = false;
};

// Says what the request looks like from within, and gives back what it was sent.
Later<Response> mirror(Request& request) {
  std::string said = std::string(request.secure ? "secure " : "in clear ") + request.peer + " ";
  std::array<std::byte, 1000> some;
  request.body->limit(10'000'000);
  while (const std::size_t count = request.body->read(some)) said += as_text(ByteView(some).first(count));
  return text_response(said);
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() : settings_(quiet_settings()) { settings_.tls = write_certificate(folder_.path(), "first"); }

  static Handlers handlers() {
    Handlers mirroring;
    mirroring.handle = mirror;
    return mirroring;
  }
  static std::string last(std::string request) {
    return request.replace(request.find("\r\n\r\n"), 2, "\r\nConnection: close\r\n");
  }

  support::TemporaryFolder folder_;
  ServerSettings settings_;
};

TEST_F(TlsTest, IsServedLikeAnybodyAndKnownToBeSecure) {
  RunningServer server(settings_, handlers());
  TlsClient client(server.server->tls_port());
  ASSERT_TRUE(client.connected());
  client.send(last(get("/")));
  const std::string reply = client.receive_all();
  EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 OK\r\n")) << reply;
  EXPECT_NE(reply.find("Strict-Transport-Security: max-age=31536000\r\n"), reply.npos);
  EXPECT_TRUE(reply.ends_with("secure 127.0.0.1 ")) << reply;

  const auto plain = HttpClient(server.port()).ask(get("/"));
  EXPECT_EQ(plain.body, "in clear 127.0.0.1 ");
  EXPECT_EQ(plain.header("Strict-Transport-Security"), "");
}

TEST_F(TlsTest, MegabytesComeThroughBothWaysByBothVersions) {
  RunningServer server(settings_, handlers());
  std::string megabytes;
  for (std::size_t i = 0; megabytes.size() < 5'000'000; ++i) megabytes += std::to_string(i) + " ";
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.server->tls_port(), version);
    ASSERT_TRUE(client.connected());
    ASSERT_TRUE(client.send(last(post("/", sized(megabytes))) + megabytes));
    EXPECT_TRUE(client.receive_all().ends_with(" 127.0.0.1 " + megabytes)) << version;
  }
}

TEST_F(TlsTest, OldVersionsOtherProtocolsAndOtherLanguagesAreRefused) {
  RunningServer server(settings_, handlers());
  const std::uint16_t port = server.server->tls_port();
  EXPECT_FALSE(TlsClient(port, TLS1_1_VERSION).connected());
  EXPECT_FALSE(TlsClient(port, TLS1_3_VERSION, "\x02h2").connected());
  TlsClient either(port, TLS1_3_VERSION, "\x02h2\x08http/1.1");
  EXPECT_TRUE(either.connected());
  EXPECT_EQ(either.protocol(), "http/1.1");
  EXPECT_EQ(HttpClient(port).ask(get("/")).status, 0);
}

TEST_F(TlsTest, WhoKeepsTheHandshakeWaitingKeepsNobodyElseWaitingAndIsLetGo) {
  settings_.head_patience = 300ms;
  RunningServer server(settings_, handlers());
  HttpClient silent(server.server->tls_port());
  HttpClient half(server.server->tls_port());
  half.send("\x16\x03\x01\x02");
  TlsClient other(server.server->tls_port());
  ASSERT_TRUE(other.connected());
  EXPECT_TRUE(silent.closed());
  EXPECT_TRUE(half.closed());
}

TEST_F(TlsTest, InAFullHouseAnUnfinishedHandshakeMakesRoom) {
  settings_.most_connections = 2;
  RunningServer server(settings_, handlers());
  HttpClient first(server.server->tls_port()), second(server.server->tls_port());
  TlsClient newcomer(server.server->tls_port());
  EXPECT_TRUE(newcomer.connected());
  EXPECT_TRUE(first.closed());
}

TEST_F(TlsTest, ARenewedCertificateIsShownAndASpoiledOneIsNot) {
  settings_.tls->look_again = 0ms;
  RunningServer server(settings_, handlers());
  EXPECT_EQ(TlsClient(server.server->tls_port()).name_of_server(), "first");
  write_certificate(folder_.path(), "second");
  EXPECT_EQ(TlsClient(server.server->tls_port()).name_of_server(), "second");
  std::filesystem::resize_file(settings_.tls->key, 20);
  EXPECT_EQ(TlsClient(server.server->tls_port()).name_of_server(), "second");
  std::filesystem::remove(settings_.tls->certificate);
  EXPECT_EQ(TlsClient(server.server->tls_port()).name_of_server(), "second");
}

TEST_F(TlsTest, FilesThatDoNotBelongTogetherAreRefusedAtOnce) {
  const TlsFiles first = *settings_.tls;
  std::filesystem::copy(first.key, folder_.path() / "other.pem");
  write_certificate(folder_.path(), "second");
  settings_.tls->key = folder_.path() / "other.pem";
  try {
    make_server(settings_, handlers());
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("other.pem"), std::string::npos) << error.what();
  }
}

TEST_F(TlsTest, AGracefulStopLetsAnAnswerEnd) {
  Latch asked, go_on;
  Handlers slow;
  slow.handle = [&](Request&) {
    asked.open();
    go_on.wait();
    return text_response("at last");
  };
  RunningServer server(settings_, std::move(slow));
  TlsClient resting(server.server->tls_port()), waiting(server.server->tls_port());
  waiting.send(get("/"));
  asked.wait();
  server.server->stop();
  go_on.open();
  EXPECT_TRUE(waiting.receive_all().ends_with("at last"));
  EXPECT_EQ(resting.receive_all(), "");
  server.wait_for_end();
}

}  // namespace
}  // namespace keepsake::http
