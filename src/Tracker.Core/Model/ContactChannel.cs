namespace Tracker.Core.Model;

/// <summary>The medium by which a person may be contacted. Numbers are those of the contract and of the stores.</summary>
public enum ContactChannel : byte
{
    Unspecified = 0,
    Email = 1,
    Sms = 2,
    Push = 3,
    Im = 4,
    AutoCall = 5,
    PhoneOperator = 6,
    Post = 7,
    WebOnsite = 8,
    SocialAudience = 9,
}
