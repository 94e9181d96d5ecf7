using System.Diagnostics;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

public sealed class NoticeRegister
{
    public Task<Notice> RegisterAsync(Caller caller, NoticeDraft draft, CancellationToken cancellation) =>
        throw new UnreachableException();
}
