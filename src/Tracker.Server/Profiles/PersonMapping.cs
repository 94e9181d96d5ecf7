using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal static class PersonMapping
{
    public static MergeDraft ToCore(this Wire.MergeProfilesRequest request) => ToDraft(request.First, request.Second, request.CaseReference, []);

    public static MergeDraft ToCore(this Wire.DistinguishProfilesRequest request) => ToDraft(request.First, request.Second, request.CaseReference, []);

    public static (MergeDraft Draft, Purpose Purpose) ToCore(this Wire.PreviewMergeRequest request)
    {
        var violations = new List<Violation>();
        var purpose = CoreEnum.Of<Purpose>((int)request.Purpose, new Place(violations), "purpose");
        return (ToDraft(request.First, request.Second, caseReference: "", violations), purpose);
    }

    public static UnmergeDraft ToCore(this Wire.UnmergeProfilesRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new(request.Profile.ToCore(at, "profile"), ToLinkId(request.LinkId, at), request.CaseReference, violations);
    }

    public static ProfileQuery ToCore(this Wire.ListProfileLinksRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ProfileQuery(request.Profile.ToCore(at, "profile"), request.Purpose.Required(at, "purpose"));
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.Person ToWire(this LinkedPerson person)
    {
        var inForce = PersonGraph.InForce(person.Links).Select(link => link.Id).ToHashSet();
        return new()
        {
            PersonId = person.Profiles[0].ToWire(),
            ProfileIds = { person.Profiles.Select(profile => profile.ToWire()) },
            Links = { person.Links.Select(link => ToWire(link, inForce.Contains(link.Id))) },
        };
    }

    public static Wire.PreviewMergeResponse ToWire(this MergePreview preview) => new()
    {
        ProfileIds = { preview.Profiles.Select(profile => profile.ToWire()) },
        Bars = { preview.Bars.Select(bar => (Wire.MergeBar)bar) },
        Consequences = { preview.Consequences.Select(ToWire) },
    };

    private static MergeDraft ToDraft(Wire.ProfileReference? first, Wire.ProfileReference? second, string caseReference, List<Violation> violations)
    {
        var at = new Place(violations);
        return new(first.ToCore(at, "first"), second.ToCore(at, "second"), caseReference, violations);
    }

    private static LinkId? ToLinkId(string text, Place at)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "N", out var id))
        {
            return new LinkId(id);
        }

        at.Refuse("link_id", "must be a link_id as answered by ListProfileLinks: 32 hexadecimal digits");
        return null;
    }

    public static Wire.ProfileLink ToWire(this ProfileLink link, bool isInForce) => new()
    {
        LinkId = link.Id.ToString(),
        FirstProfileId = link.First.ToWire(),
        SecondProfileId = link.Second.ToWire(),
        LinkedAt = link.LinkedAt.ToWire(),
        SourceId = link.Source.Value,
        CaseReference = link.CaseReference,
        UndoesLinkId = link.Undoes is { } undone && !link.IsDenial ? undone.ToString() : "",
        InForce = isInForce,
        Denies = link.IsDenial,
    };

    private static Wire.MergeConsequence ToWire(MergeConsequence consequence) => new()
    {
        ProfileId = consequence.Profile.ToWire(),
        SaidToProfileId = consequence.Other.ToWire(),
        State = (Wire.ConsentState)(consequence.No?.State ?? ConsentState.Unspecified),
        Purpose = (Wire.Purpose)consequence.Purpose,
        ContactChannel = (Wire.ContactChannel)consequence.ContactChannel,
        EndedConsentId = consequence.Ended?.ToString() ?? "",
        Minor = consequence.No is null,
    };
}
