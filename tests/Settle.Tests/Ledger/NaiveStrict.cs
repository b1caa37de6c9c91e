namespace Settle.Tests.Rules;

/// <summary>Whether accounts must be opened before money moves.</summary>
internal sealed record NaiveStrict(bool IsStrict);
