using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class EvidenceMapping
{
    public static EvidenceDraft? ToCore(this Wire.Evidence? wire, Place at) => wire is null ? null : new()
    {
        Kind = CoreEnum.Of<EvidenceKind>((int)wire.Kind, at.In("evidence"), "kind"),
        Sha256 = wire.Sha256,
        CapturedAt = wire.CapturedAt.ToCore(at.In("evidence"), "captured_at"),
        CapturedBy = wire.CapturedBy,
        TextShownSha256 = wire.TextShownSha256,
        ControlId = wire.ControlId,
        Act = CoreEnum.Of<ConsentAct>((int)wire.Act, at.In("evidence"), "act"),
        DefaultChecked = wire.HasDefaultChecked ? wire.DefaultChecked : null,
        BundledWith = wire.BundledWith,
        Details = wire.ToDetails(at.In("evidence")),
    };

    // A box ticked in advance and a consent bundled with another are refused, so what is stored was neither.
    public static Wire.Evidence? ToWire(this Evidence? evidence)
    {
        if (evidence is null)
        {
            return null;
        }

        var wire = new Wire.Evidence
        {
            Kind = (Wire.EvidenceKind)evidence.Kind,
            Sha256 = evidence.Sha256,
            CapturedAt = evidence.CapturedAt.ToWire(),
            CapturedBy = evidence.CapturedBy,
            TextShownSha256 = evidence.TextShownSha256,
            ControlId = evidence.ControlId,
            Act = (Wire.ConsentAct)evidence.Act,
        };
        if (evidence.Kind == EvidenceKind.Checkbox)
        {
            wire.DefaultChecked = false;
        }

        return wire;
    }
}
