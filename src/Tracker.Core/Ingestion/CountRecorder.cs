using System.Diagnostics;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

public sealed class CountRecorder
{
    public Task<IReadOnlyList<CountOutcome>> RecordAsync(Caller caller, IReadOnlyList<CountDraft> drafts, CancellationToken cancellation) =>
        throw new UnreachableException();
}
