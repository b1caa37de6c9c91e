namespace Settle.Tests.Invoicing;

/// <summary>How a process ends, or what it never hears.</summary>
internal enum StepFault
{
    DiesBefore,
    DiesAfter,
    LosesTheAnswer,
}
