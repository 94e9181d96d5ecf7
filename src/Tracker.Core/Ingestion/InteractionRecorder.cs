using System.Diagnostics;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

public sealed class InteractionRecorder
{
    public Task<IReadOnlyList<InteractionOutcome>> RecordAsync(Caller caller, IReadOnlyList<InteractionDraft> drafts, CancellationToken cancellation) =>
        throw new UnreachableException();
}
