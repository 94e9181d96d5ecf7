namespace Tracker.Core.Model.Content;

public static class ContactOverlay
{
    /// <summary>Of contact and preferences what is above, and what is below where that says nothing.</summary>
    public static InteractionContent Over(this InteractionContent above, InteractionContent below) => new()
    {
        Contact = Overlay(below.Contact, above.Contact),
        Preferences = Overlay(below.Preferences, above.Preferences),
    };

    private static ContactDetails? Overlay(ContactDetails? below, ContactDetails? above) => above is null || below is null ? above ?? below : new()
    {
        GivenName = above.GivenName ?? below.GivenName,
        FamilyName = above.FamilyName ?? below.FamilyName,
        Email = above.Email ?? below.Email,
        Phone = above.Phone ?? below.Phone,
        BirthDate = above.BirthDate ?? below.BirthDate,
        PostalAddress = above.PostalAddress ?? below.PostalAddress,
        Language = above.Language ?? below.Language,
        DeliveryNote = above.DeliveryNote ?? below.DeliveryNote,
    };

    private static Preferences? Overlay(Preferences? below, Preferences? above) => above is null || below is null ? above ?? below : new()
    {
        Sizes = above.Sizes ?? below.Sizes,
        Styles = above.Styles ?? below.Styles,
        Interests = above.Interests ?? below.Interests,
        Sex = above.Sex ?? below.Sex,
        Education = above.Education ?? below.Education,
    };
}
