#pragma once

namespace keepsake::image {

// Gives up for good, for every thread of this process, whatever decoding does not need: opening anything, any
// network, other processes, code made at run time; and bounds memory, files and their sizes. A system call
// that is not on the list ends the process with SIGSYS. Throws std::system_error if that cannot be had, since
// nothing may be decoded without. (Builds with sanitizers keep neither the list nor the bound on memory: the
// sanitizers need both.)
void seal();

}  // namespace keepsake::image
