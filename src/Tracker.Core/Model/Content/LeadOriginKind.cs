namespace Tracker.Core.Model.Content;

public enum LeadOriginKind : byte
{
    Unspecified = 0,
    Fair = 1,
    Webinar = 2,
    Social = 3,
    WordOfMouth = 4,
    Sales = 5,
    Partner = 6,
}
