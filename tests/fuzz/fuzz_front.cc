// The front as a whole: a stream of bytes on a connection, cut at chosen places. What reaches a handler is
// what the book says stands in the stream (RFC 9112), each request is answered at most once, nothing is
// answered after a refusal, and the cuts change nothing.
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fuzz/targets.h"
#include "http/connection.h"
#include "http/listening.h"

namespace keepsake::fuzz {
namespace {

using namespace http;
using namespace std::chrono_literals;

constexpr std::uint64_t most_body = 600;

// Answers with the request in its own words.
Response echo(Request& request) {
  std::string body;
  std::array<std::byte, 100> some;
  request.body->limit(most_body);
  while (const std::size_t count = request.body->read(some)) body += as_text(ByteView(some).first(count));
  Response response;
  response.headers.add("X-Bare", request.method == Method::head ? "yes" : "no");
  response.body = request.target + "\n" + body;
  return response;
}

Response refuse(int status, const RequestHead& head) {
  Response response;
  response.status = status;
  response.headers.add("X-Bare", head.method == Method::head ? "yes" : "no");
  response.body = std::string("refused");
  return response;
}

Handlers handlers() {
  Handlers all;
  all.handle = echo;
  all.failure = refuse;
  return all;
}

ServerSettings settings() {
  ServerSettings chosen;
  chosen.handlers = 2;
  chosen.access_log = false;
  chosen.most_head_bytes = 512;
  chosen.most_headers = 12;
  chosen.most_target_bytes = 200;
  return chosen;
}

// A loop that nobody can reach, whose connections are given to it.
class House {
 public:
  House()
      : service_(settings(), handlers()),
        loop_(service_, listen_on("127.0.0.1", 0, Sharing::alone), asio::ip::tcp::v4()) {}

  // All that is answered to the pieces until the server closes.
  std::string answers(const std::vector<std::string_view>& pieces) {
    const int client = connect();
    for (const std::string_view piece : pieces) {
      must(::send(client, piece.data(), piece.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(piece.size()) ||
               errno == EPIPE,
           "a piece goes out");
      loop_.context.poll();
    }
    ::shutdown(client, SHUT_WR);
    std::string all;
    const auto deadline = SteadyClock::now() + 10s;
    while (!receive(client, all)) {
      loop_.context.run_one_for(2ms);
      must(SteadyClock::now() < deadline, "a connection that hears no more comes to its end");
    }
    ::close(client);
    return all;
  }

 private:
  int connect() {
    int ends[2];
    must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0,
         "a pair of sockets");
    Socket socket(loop_.context.get_executor(), asio::ip::tcp::v4(), ends[0]);
    socket.non_blocking(true);
    auto connection =
        std::make_shared<Connection>(loop_, std::move(socket), *parse_address("127.0.0.1"), false);
    asio::co_spawn(loop_.context.get_executor(), Connection::serve(std::move(connection)), asio::detached);
    return ends[1];
  }

  // True at the end.
  static bool receive(int client, std::string& all) {
    char some[4096];
    while (true) {
      const ssize_t count = ::recv(client, some, sizeof some, 0);
      if (count > 0) all.append(some, static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno == ECONNRESET)) return true;
      if (count < 0) return false;
    }
  }

  Service service_;
  Loop loop_;
};

struct Answer {
  int status = 0;
  bool closes = false;
  std::string body;
  bool operator==(const Answer&) const = default;
};

std::string_view field(std::string_view head, std::string_view name) {
  const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
  if (at == head.npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

// Takes the stream of answers apart; 100 Continue is left out, for it depends on when the body came.
std::vector<Answer> taken_apart(std::string_view text) {
  std::vector<Answer> answers;
  while (!text.empty()) {
    must(text.starts_with("HTTP/1.1 "), "an answer begins with its status");
    const std::size_t end = text.find("\r\n\r\n");
    must(end != text.npos, "an answer's head ends");
    const std::string_view head = text.substr(0, end + 2);
    text.remove_prefix(end + 4);
    Answer answer{.status = std::atoi(std::string(head.substr(9, 3)).c_str()),
                  .closes = field(head, "Connection") == "close",
                  .body = {}};
    if (answer.status == 100) continue;
    const auto size = static_cast<std::size_t>(std::atoi(std::string(field(head, "Content-Length")).c_str()));
    if (field(head, "X-Bare") != "yes") {
      must(text.size() >= size, "an answer is whole");
      answer.body = text.substr(0, size);
      text.remove_prefix(size);
    }
    must(answers.empty() || !answers.back().closes, "nothing follows an answer that closes");
    answers.push_back(std::move(answer));
  }
  return answers;
}

// The requests in a stream, read as plainly as the book has it and with no care for what is refused.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text) {}

  // "target\nbody" of the next request, or nothing where it is not there as a whole.
  std::optional<std::string> next() {
    while (text_.starts_with("\r\n")) text_.remove_prefix(2);
    const std::size_t end = text_.find("\r\n\r\n");
    if (end == text_.npos) return std::nullopt;
    const std::string head(text_.substr(0, end + 2));
    text_.remove_prefix(end + 4);
    const std::size_t space = head.find(' ');
    if (space == head.npos) return std::nullopt;
    auto body = body_of(ascii_lower(head));
    if (!body) return std::nullopt;
    return head.substr(space + 1, head.find(' ', space + 1) - space - 1) + "\n" + *body;
  }

 private:
  std::optional<std::string> body_of(const std::string& head) {
    if (head.find("\r\ntransfer-encoding:") != head.npos) return chunks();
    const std::size_t at = head.find("\r\ncontent-length:");
    return take(
        at == head.npos
            ? 0
            : number(trim(std::string_view(head).substr(at + 17, head.find("\r\n", at + 2) - at - 17)), 10));
  }

  std::optional<std::string> chunks() {
    std::string body;
    while (true) {
      const auto line = take_line();
      if (!line) return std::nullopt;
      const auto chunk = take(number(line->substr(0, line->find(';')), 16));
      if (!chunk) return std::nullopt;
      if (chunk->empty()) break;
      body += *chunk;
      if (take_line() != std::optional<std::string_view>("")) return std::nullopt;
    }
    while (const auto trailer = take_line())
      if (trailer->empty()) return body;
    return std::nullopt;
  }

  std::optional<std::string_view> take_line() {
    const std::size_t end = text_.find("\r\n");
    if (end == text_.npos) return std::nullopt;
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(end + 2);
    return line;
  }

  std::optional<std::string> take(std::size_t size) {
    if (size > text_.size()) return std::nullopt;
    const std::string taken(text_.substr(0, size));
    text_.remove_prefix(size);
    return taken;
  }

  static std::size_t number(std::string_view digits, int base) {
    std::size_t value = SIZE_MAX;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return value;
  }

  std::string_view text_;
};

// A target in absolute form is given to the handler as its path (RFC 9112 3.2.2).
bool same_request(std::string_view handled, std::string_view written) {
  if (handled == written) return true;
  const bool absolute = ascii_lower(written.substr(0, 4)) == "http";
  return absolute && (written.ends_with(handled) || handled.starts_with("/\n") || handled.starts_with("/?"));
}

void check_against_the_book(const std::vector<Answer>& answers, std::string_view stream) {
  PlainReader book(stream);
  for (const Answer& answer : answers) {
    if (answer.status != 200 && answer.closes) return;
    const auto written = book.next();
    if (answer.status != 200) continue;
    must(written.has_value(), "what was handled stands in the stream");
    must(answer.body.empty() || same_request(answer.body, *written), "as the book reads it");
  }
}

// A refusal is the last; which one it is may hang on how much of a stream that breaks off was there.
void check_same(const std::vector<Answer>& whole, const std::vector<Answer>& cut) {
  const auto handled = [](const std::vector<Answer>& answers) {
    std::vector<Answer> some;
    for (const Answer& answer : answers)
      if (answer.status == 200) some.push_back(answer);
    return some;
  };
  must(handled(whole) == handled(cut), "cuts change nothing");
}

}  // namespace

// The first bytes are the places of the cuts, up to a zero; the stream follows.
void front(ByteView input) {
  static House& house = *new House;  // lives as long as the process, as its threads do
  std::vector<std::size_t> cuts;
  while (!input.empty() && cuts.size() < 16) {
    const auto cut = static_cast<std::size_t>(input.front());
    input = input.subspan(1);
    if (cut == 0) break;
    cuts.push_back(cut);
  }
  const std::string_view stream = as_text(input);
  std::vector<std::string_view> pieces;
  std::string_view rest = stream;
  for (const std::size_t cut : cuts) {
    pieces.push_back(rest.substr(0, cut));
    rest.remove_prefix(pieces.back().size());
  }
  pieces.push_back(rest);
  const auto whole = taken_apart(house.answers({stream}));
  check_against_the_book(whole, stream);
  check_same(whole, taken_apart(house.answers(pieces)));
}

}  // namespace keepsake::fuzz
