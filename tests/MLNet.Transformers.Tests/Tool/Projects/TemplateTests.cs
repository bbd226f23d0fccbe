using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects;
using MLNet.Transformers.Tool.Projects.Code;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>How templates become files, and columns properties.</summary>
public sealed class TemplateTests
{
    [Fact]
    public void AValueOfSeveralLinesTakesTheIndentationOfItsLineAndAnEmptyOneTakesItsLineAlong() => Assert.Equal(
        """
        /// <summary>Number of folds of the cross-validation.</summary>
        public const int RetrainFolds = f(
            1);

        """.ReplaceLineEndings("\n"),
        Template.Render("Validation/Folds.Constants.cs.template", new Dictionary<string, string> { ["Folds"] = "f(\n    1)" }).TrimStart('\n'));

    [Fact]
    public void ANameWithoutAValueIsAnErrorThatNamesBoth()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Template.Render("Validation/Folds.Constants.cs.template", new Dictionary<string, string>()));
        Assert.Contains("Validation/Folds.Constants.cs.template", exception.Message, StringComparison.Ordinal);
        Assert.Contains("$Folds$", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Label", "Label")]
    [InlineData("product_title", "Product_title")]
    [InlineData("2nd \"text\"", "_2nd__text_")]
    [InlineData("größe", "Größe")]
    [InlineData("", "_")]
    [InlineData("class", "Class")]
    [InlineData("modelInput", "ModelInput_2")]
    [InlineData("toString", "ToString_2")]
    public void AColumnBecomesAProperty(string column, string property) =>
        Assert.Equal(property, ProjectNames.Of(Project(column))[ColumnPurpose.Text].Name);

    [Fact]
    public void ColumnsThatWouldBecomeTheSamePropertyAreNumbered() =>
        Assert.Equal(["A_b", "A_b_2", "A_b_3"], ProjectNames.Of(Project("a.b", "a b", "a_b")).Inputs.Select(input => input.Name));

    [Theory]
    [InlineData("Train")]
    [InlineData("Model")]
    [InlineData("Console")]
    [InlineData("Evaluation")]
    [InlineData("TextClassificationOptions")]
    [InlineData("TransformerEncoderConfig")]
    [InlineData("Program")]
    [InlineData("System")]
    public void ANameThatTheCodeUsesIsReserved(string name) => Assert.True(ReservedNames.Contains(name));

    [Theory]
    [InlineData("Sections")]
    [InlineData("Reviews")]
    [InlineData("Clothing")]
    public void OtherNamesAreFree(string name) => Assert.False(ReservedNames.Contains(name));

    private static TrainedProject Project(params string[] columns)
    {
        using var folder = new TemporaryFolder();
        var project = FixedProjects.Sayings(folder.Path);
        return project with
        {
            Setup = project.Setup with
            {
                Dataset = new TabularDataset("texts.tsv", '\t', HasHeader: true, AllowQuoting: false,
                    [.. columns.Select((column, index) => new DatasetColumn(column, index, Microsoft.ML.Data.DataKind.String, index == 0 ? ColumnPurpose.Text : ColumnPurpose.Label))]),
            },
        };
    }
}
