using System.Globalization;
using Settle.Tests.Rules;

namespace Settle.Tests.Invoicing;

/// <summary>The words of a table of billing that are about quotes.</summary>
internal static class QuoteSteps
{
    // quote q1 ann 100.00 40.00/7 3x9.99 gross on 2026-10-05 until 2026-11-30
    public static QuoteRequest Quote(TableStep step)
    {
        var (id, customer, lines) = (step.Word(), step.Word(), new List<QuoteLine>());
        DateOnly? date = null, until = null;
        while (!step.IsOver)
        {
            if (step.Is("gross")) lines = lines.ConvertAll(line => line with { Prices = PriceKind.Gross });
            else if (step.Is("on")) date = BillingSteps.Day(step);
            else if (step.Is("until")) until = BillingSteps.Day(step);
            else lines.Add(Line(step.Word()));
        }
        return new QuoteRequest { Id = id, Customer = customer, Lines = lines, Date = date, ValidUntil = until };

        static QuoteLine Line(string text)
        {
            var (price, tax) = text.Split('/') is [var left, var right] ? (left, right) : (text, null);
            var line = new QuoteLine { Description = $"work for {text}", Tax = tax };
            return price.Split('x') is [var count, var each]
                ? line with
                {
                    Quantity = decimal.Parse(count, CultureInfo.InvariantCulture),
                    UnitPrice = decimal.Parse(each, CultureInfo.InvariantCulture),
                }
                : line with { Amount = Minor(TableStep.AmountOf(price)) };
        }
    }

    // accept a1 Q2026-000001 on 2026-11-20 late
    public static (string Quote, QuoteAnswerRequest Request) Answer(TableStep step)
    {
        var (id, quote) = (step.Word(), step.Word());
        return (quote, new QuoteAnswerRequest
        {
            Id = id, Date = step.Is("on") ? BillingSteps.Day(step) : null, Late = step.Is("late"),
        });
    }
}
