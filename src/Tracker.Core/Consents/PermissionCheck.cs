using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>"May I, now?" without an interaction; the same decision that guards every write.</summary>
public sealed class PermissionCheck(PeopleReader people, PolicyRegister policies, TimeProvider time)
{
    public const int MaxAudience = 1_000;

    // Whoever is recorded for the first time gets a profile of their own.
    private static readonly ContractReference OfStranger = new("profile:new", IsOfAnother: false);

    // E02: what was permitted is checked again at most a minute before it is sent.
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    public async Task<PermissionAnswer> CheckAsync(Caller caller, ProfileReference? reference, PermissionQuestion question, CancellationToken cancellation)
    {
        var policy = policies.For(caller.Tenant);
        var (type, violations) = Check(policy, question);
        violations.Require(reference is not null, "profile", "is required");
        violations.Refuse();
        var found = await people.FindAsync(caller, reference!, policy, cancellation);
        return Answer(caller, policy, (question, type), reference!, found, time.GetUtcNow());
    }

    /// <summary>The check before a campaign is sent (E02, E47).</summary>
    public async Task<AudienceAnswer> CheckAudienceAsync(
        Caller caller,
        IReadOnlyList<ProfileReference> references,
        PermissionQuestion question,
        CancellationToken cancellation)
    {
        var policy = policies.For(caller.Tenant);
        var (type, violations) = Check(policy, question);
        violations.Require(references.Count is > 0 and <= MaxAudience, "profiles", $"must have 1 to {MaxAudience} entries");
        violations.Refuse();
        // Before the store is asked: a withdrawal of this moment may be in the answer, and never counts as checked earlier than it was.
        var now = time.GetUtcNow();
        var found = await people.ReadAsync(caller, references, policy, cancellation);
        return new AudienceAnswer([.. references.Zip(found, (reference, person) => Answer(caller, policy, (question, type), reference, person, now))], now, now + Validity, policy.Version, policy.Sha256);
    }

    private static PermissionAnswer Answer(
        Caller caller,
        Policy policy,
        (PermissionQuestion Question, InteractionType? Type) of,
        ProfileReference reference,
        KnownPerson? person,
        DateTimeOffset now)
    {
        var (question, type) = of;
        var about = GateQuestion.About(person?.Control, person?.History ?? PermissionHistory.None, person?.Age, now);
        var asked = about with
        {
            Type = type,
            Identifiers = person?.Identifiers ?? [],
            Facts = Stages.Merge(about.Facts, Stages.BeforeTheEnd(Established(policy, type, reference, isKnown: person is not null, now)), policy),
            Contract = type is null ? about.Contract : (about.Contract ?? OfStranger) with { IsNamed = type.Fact?.MakesContract() == true },
            LastInteractionAt = type?.MovesLastInteraction == true ? now : about.LastInteractionAt,
            ContactChannel = question.ContactChannel == ContactChannel.Unspecified && type is not null ? type.ContactChannel : question.ContactChannel,
            Recipient = question.Recipient,
            Basis = question.Basis == LegalBasis.None ? null : question.Basis,
            Message = question.Message,
            // Whoever asks is about to send, unless it is the person who acts.
            IsMessage = type?.Initiator != Initiator.Subject,
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
            ConsentEpoch = person?.Control.DecisionEpoch ?? 0,
            PolicyVersion = policy.Version,
            PolicySha256 = policy.Sha256,
        };
    }

    /// <summary>Somebody unknown is a lead by name; only a cookie or a device is a visitor's .</summary>
    private static Facts Established(Policy policy, InteractionType? type, ProfileReference reference, bool isKnown, DateTimeOffset now) => Stages.EstablishByAct(
        type?.Fact,
        now,
        !isKnown && (reference.Identifier is not { } named || policy.Identity.NamesAPerson(named.Kind)),
        type?.Initiator == Initiator.Subject && reference.Identifier?.Kind == IdentifierKind.LoyaltyCard);

    private static (InteractionType? Type, Violations Violations) Check(Policy policy, PermissionQuestion question)
    {
        var violations = new Violations();
        violations.Require(question.Purpose != Purpose.Unspecified, "purpose", "is required");
        violations.AddIf("recipient", question.Recipient.Length == 0 ? null : Text.CheckName(question.Recipient, 64));
        return (question.Type.Length == 0 ? null : policy.FindType(question.Type, violations), violations);
    }
}
