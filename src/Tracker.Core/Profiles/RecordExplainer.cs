using System.Diagnostics;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

public sealed class RecordExplainer
{
    public Task<RecordExplanation> ExplainAsync(Caller caller, InteractionKey key, Purpose purpose, CancellationToken cancellation) =>
        throw new UnreachableException();

    /// <summary>By the message id as the caller's source sent it.</summary>
    public Task<RecordExplanation> ExplainAsync(Caller caller, string messageId, Purpose purpose, CancellationToken cancellation) =>
        throw new UnreachableException();
}
