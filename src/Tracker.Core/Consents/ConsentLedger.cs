using System.Diagnostics;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

public sealed class ConsentLedger
{
    public Task<ConsentAppended> RecordAsync(Caller caller, ConsentDraft draft, CancellationToken cancellation) =>
        throw new UnreachableException();

    public Task<ConsentAppended> WithdrawAsync(Caller caller, WithdrawalDraft draft, CancellationToken cancellation) =>
        throw new UnreachableException();

    public Task<ConsentPage> ListAsync(Caller caller, ProfileReference reference, Purpose purpose, int pageSize, string pageToken, CancellationToken cancellation) =>
        throw new UnreachableException();
}
