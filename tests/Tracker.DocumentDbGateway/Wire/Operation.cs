namespace Tracker.DocumentDbGateway.Wire;

internal static class Operation
{
    public const int Reply = 1;
    public const int Query = 2004;
    public const int Message = 2013;
}
