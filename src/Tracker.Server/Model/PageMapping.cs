namespace Tracker.Server.Model;

internal static class PageMapping
{
    public static int NotNegative(this int pageSize, Place at, string field)
    {
        if (pageSize < 0)
        {
            at.Refuse(field, "must not be negative; 0 is the default, and too large a size is clamped");
        }

        return pageSize;
    }
}
