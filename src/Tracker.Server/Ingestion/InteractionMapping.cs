using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

/// <summary>Wire to Core, whatever the wire holds: what cannot be converted is a violation of its item.</summary>
internal static class InteractionMapping
{
    public static IReadOnlyList<InteractionDraft> ToCore(this IReadOnlyList<Wire.Interaction> wire)
    {
        var drafts = new InteractionDraft[wire.Count];
        var violations = new List<Violation>();
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = ToCore(wire[i], violations);
        }

        return drafts;
    }

    private static InteractionDraft ToCore(Wire.Interaction wire, List<Violation> violations)
    {
        violations.Clear();
        var item = new Place(violations);
        var draft = new InteractionDraft
        {
            MessageId = wire.MessageId,
            Type = wire.Type,
            Channel = CoreEnum.Of<Channel>((int)wire.Channel, item, "channel"),
            OccurredAt = wire.OccurredAt.ToCore(item, "occurred_at"),
            SentAt = wire.SentAt.ToCore(item, "sent_at"),
            Identifiers = wire.Identifiers.ToCore(item, "identifiers"),
            Initiator = CoreEnum.Of<Initiator>((int)wire.Initiator, item, "initiator"),
            Purposes = wire.Purposes.ToCore(item, "purposes"),
            ContactChannel = CoreEnum.Of<ContactChannel>((int)wire.ContactChannel, item, "contact_channel"),
            Recipient = wire.Recipient,
            LegalBasis = CoreEnum.Of<LegalBasis>((int)wire.LegalBasis, item, "legal_basis"),
            Message = wire.Message.ToCore(),
            Content = wire.Content.ToCore(item),
            SizeInBytes = wire.CalculateSize(),
        };
        return violations.Count == 0 ? draft : draft with { Violations = [.. violations] };
    }
}
