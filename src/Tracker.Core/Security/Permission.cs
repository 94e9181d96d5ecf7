namespace Tracker.Core.Security;

/// <summary>A right that a caller carries. Numbers are those of the contract.</summary>
public enum Permission
{
    Unspecified = 0,
    InteractionWrite = 1,
    ProfileRead = 2,
    ConsentWrite = 3,
    ConsentRead = 4,
    PolicyRead = 5,
    CatalogWrite = 6,
    CatalogRead = 7,
    ProfileMerge = 8,
}
