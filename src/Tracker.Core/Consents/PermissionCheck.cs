using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>"May I, now?" without an interaction; the same decision that guards every write.</summary>
public sealed class PermissionCheck(PeopleReader people, PolicyRegister policies, TimeProvider time)
{
    public const int MaxAudience = 1_000;

    // E02: what was permitted is checked again at most a minute before it is sent.
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    public async Task<PermissionAnswer> CheckAsync(Caller caller, ProfileReference? reference, PermissionQuestion question, CancellationToken cancellation)
    {
        var violations = Check(question);
        violations.Require(reference is not null, "profile", "is required");
        violations.Refuse();
        var policy = policies.For(caller.Tenant);
        var found = await people.FindAsync(caller.Tenant, reference!, policy, cancellation);
        return Answer(caller, policy, question, found, time.GetUtcNow());
    }

    /// <summary>The check before a campaign is sent (E02, E47).</summary>
    public async Task<AudienceAnswer> CheckAudienceAsync(
        Caller caller,
        IReadOnlyList<ProfileReference> references,
        PermissionQuestion question,
        CancellationToken cancellation)
    {
        var violations = Check(question);
        violations.Require(references.Count is > 0 and <= MaxAudience, "profiles", $"must have 1 to {MaxAudience} entries");
        violations.Refuse();
        var policy = policies.For(caller.Tenant);
        // Before the store is asked: a withdrawal of this moment may be in the answer, and never counts as checked earlier than it was.
        var now = time.GetUtcNow();
        var found = await people.ReadAsync(caller.Tenant, references, policy, cancellation);
        return new AudienceAnswer([.. found.Select(person => Answer(caller, policy, question, person, now))], now, now + Validity, policy.Version);
    }

    private static PermissionAnswer Answer(Caller caller, Policy policy, PermissionQuestion question, KnownPerson? person, DateTimeOffset now)
    {
        var asked = GateQuestion.About(person?.Control, person?.History ?? PermissionHistory.None, person?.Age, now) with
        {
            ContactChannel = question.ContactChannel,
            Recipient = question.Recipient,
            Basis = question.Basis == LegalBasis.None ? null : question.Basis,
            Message = question.Message,
            // Whoever asks is about to send.
            IsMessage = true,
            IsChildDirected = caller.IsChildDirected,
        };
        var standing = Standing.Of(policy, asked);
        var verdict = Gate.Decide(policy, question.Purpose, asked, standing);
        return new PermissionAnswer
        {
            IsPermitted = verdict.IsPermitted,
            Basis = verdict.Basis,
            EvidenceIds = verdict.EvidenceIds,
            Reason = verdict.Reason,
            Stage = standing.Now,
            ConsentEpoch = person?.Control.ConsentEpoch ?? 0,
            PolicyVersion = policy.Version,
        };
    }

    private static Violations Check(PermissionQuestion question)
    {
        var violations = new Violations();
        violations.Require(question.Purpose != Purpose.Unspecified, "purpose", "is required");
        violations.AddIf("recipient", question.Recipient.Length == 0 ? null : Text.CheckName(question.Recipient, 64));
        return violations;
    }
}
