namespace Tracker.Core.Model.Content;

public sealed record ContactDetails
{
    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public DateOnly? BirthDate { get; init; }

    public PostalAddress? PostalAddress { get; init; }

    public string? Language { get; init; }

    public string? DeliveryNote { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(ContactDetails);
}
