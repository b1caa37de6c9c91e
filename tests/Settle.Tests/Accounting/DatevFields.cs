using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Accounting;

/// <summary>What DATEV's description of the format says of each field that is written.</summary>
internal static class DatevFields
{
    private const string Day = @"^((0[1-9]|[1-2]\d|3[0-1])(0[1-9]|1[0-2])20\d{2})?$";

    private static readonly (int Column, string Pattern)[] Rules =
    [
        (1, @"^(?!0{1,10},00)\d{1,10},\d{2}$"),
        (2, @"^""(S|H)""$"),
        (3, @"^""[A-Z]{3}""$"),
        (4, @"^([1-9]\d{0,3},\d{2,6})?$"),
        (5, @"^((?!0{1,10},00)\d{1,10},\d{2})?$"),
        (6, @"^""([A-Z]{3})?""$"),
        (7, @"^(?!0{1,9}$)\d{1,9}$"),
        (8, @"^(?!0{1,9}$)\d{1,9}$"),
        (10, @"^(0[1-9]|[1-2]\d|3[0-1])(0[1-9]|1[0-2])$"),
        (11, @"^""[\w$%\-/]{1,36}""$"),
        (12, @"^""[\w$%\-/]{0,12}""$"),
        (14, @"^"".{0,60}""$"),
        (37, @"^""[\w ]{0,36}""$"),
        (40, @"^"".{0,15}""$"),
        (48, @"^"".{0,20}""$"),
        (49, @"^"".{0,210}""$"),
        (115, Day),
        (116, Day),
        (117, Day),
    ];

    public static void AssertValid(string name, string line)
    {
        var fields = line.Split(';');
        Assert.Equal(125, fields.Length);
        foreach (var (column, pattern) in Rules)
        {
            var field = fields[column - 1].Replace("\"\"", column == 14 ? "'" : "\"\"");
            Assert.True(Regex.IsMatch(field, pattern, RegexOptions.CultureInvariant),
                $"{name}: field {column} is {field}");
        }
        // Some are only allowed together.
        Assert.Equal(fields[114].Length, fields[115].Length);
        Assert.Equal(fields[3].Length > 0, fields[4].Length > 0);
        Assert.DoesNotContain('?', name.Contains("strange letters") ? "" : fields[13]);
    }
}
