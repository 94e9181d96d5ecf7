namespace Tracker.Core.Consents.Receipts;

/// <summary>What a person gets to keep of a consent (ISO/IEC TS 27560), with the notice byte for byte.</summary>
/// <param name="Json">In canonical form (RFC 8785).</param>
/// <param name="NoticeText">Empty where the consent refers to none, or to one that is gone.</param>
public sealed record Receipt(string Id, string Json, string NoticeText);
