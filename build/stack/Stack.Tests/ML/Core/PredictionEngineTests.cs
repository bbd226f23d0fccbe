using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class PredictionEngineTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void AnEngineMapsOneObjectToAnother()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling());
        Assert.Equal(6, engine.Predict(new() { Number = 3 }).Twice);
        Assert.Equal(8, engine.Predict(new() { Number = 4 }).Twice);
        var output = new Output();
        var same = output;
        engine.Predict(new() { Number = 5 }, ref output);
        Assert.Same(same, output);
        Assert.Equal(10, output.Twice);
        Output? none = null;
        engine.Predict(new() { Number = 6 }, ref none!);
        Assert.Equal(12, none.Twice);
        Assert.Equal(["Number", "Words", "Twice", "Echo"], engine.OutputSchema.Select(column => column.Name));
        Assert.Throws<ArgumentNullException>("example", () => engine.Predict(null!));
    }

    [Fact]
    public void TheMapRunsOnceAPrediction()
    {
        var calls = 0;
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling(() => calls++));
        engine.Predict(new() { Number = 3 });
        Assert.Equal(1, calls);
        engine.Predict(new() { Number = 3 });
        Assert.Equal(2, calls);
    }

    [Fact]
    public void ArraysOfEarlierPredictionsStayAsTheyWere()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling());
        var first = engine.Predict(new() { Words = ["a", "b"] });
        var second = engine.Predict(new() { Words = ["c", "d"] });
        Assert.Equal(["a", "b"], first.Echo);
        Assert.Equal(["c", "d"], second.Echo);
    }

    [Fact]
    public void AnEngineDisposesItsTransformerUnlessItIsToldNotTo()
    {
        var owned = new PassThrough();
        var engine = _ml.Model.CreatePredictionEngine<Input, Input>(owned);
        engine.Dispose();
        engine.Dispose();
        Assert.Equal(1, owned.Disposals);
        var lent = new PassThrough();
        _ml.Model.CreatePredictionEngine<Input, Input>(lent, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
        Assert.Equal(0, lent.Disposals);
    }

    [Fact]
    public void OptionsStartAsTheOtherOverloadHasThem()
    {
        var options = new PredictionEngineOptions();
        Assert.Equal((true, true), (options.OwnsTransformer, options.IgnoreMissingColumns));
        Assert.Null(options.InputSchemaDefinition);
        Assert.Null(options.OutputSchemaDefinition);
    }

    [Fact]
    public void ATransformerMustMapRows()
    {
        Throws.Param("transformer", "Must be a row to row mapper",
            () => _ml.Model.CreatePredictionEngine<Input, Output>(new PassThrough(isRowToRowMapper: false)));
        Assert.Throws<ArgumentNullException>("transformer", () => _ml.Model.CreatePredictionEngine<Input, Output>(null));
    }

    [Fact]
    public void MissingColumnsAreIgnoredUnlessASchemaIsGiven()
    {
        var transformer = new PassThrough();
        Assert.Equal(0, _ml.Model.CreatePredictionEngine<Input, Output>(transformer).Predict(new() { Number = 3 }).Twice);
        var schema = _ml.Data.LoadFromEnumerable(new[] { new Input() }).Schema;
        Throws.Param("Schema", "Could not find  column 'Twice'", () => _ml.Model.CreatePredictionEngine<Input, Output>(transformer, schema));
        Throws.Param("Schema", "Could not find  column 'Twice'",
            () => _ml.Model.CreatePredictionEngine<Input, Output>(transformer, ignoreMissingColumns: false));
    }

    [Fact]
    public void ASchemaSaysWhatTheMembersAre()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Words", new VectorDataViewType(TextDataViewType.Instance, 2));
        using var engine = _ml.Model.CreatePredictionEngine<Input, Input>(new PassThrough(), builder.ToSchema());
        Assert.Equal("Vector<String, 2>", engine.OutputSchema["Words"].Type.ToString());
        builder.AddColumn("Absent", TextDataViewType.Instance);
        Throws.Invalid("Type should contain a member named Absent",
            () => _ml.Model.CreatePredictionEngine<Input, Input>(new PassThrough(), builder.ToSchema()));
    }

    [Fact]
    public void DefinitionsRenameMembers()
    {
        var definition = SchemaDefinition.Create(typeof(Output));
        definition["Twice"].ColumnName = "Number";
        definition.Remove(definition["Echo"]);
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(new PassThrough(), outputSchemaDefinition: definition);
        Assert.Equal(3, engine.Predict(new() { Number = 3 }).Twice);
    }

    [Fact]
    public void AnEngineAThreadOverOneTransformer()
    {
        var transformer = Doubling();
        Parallel.For(0, 8, thread =>
        {
            var engine = _ml.Model.CreatePredictionEngine<Input, Output>(transformer);
            for (var i = 0; i < 1000; i++)
                Assert.Equal(2 * (i + thread), engine.Predict(new() { Number = i + thread }).Twice);
        });
    }

    private Microsoft.ML.Transforms.CustomMappingTransformer<Input, Output> Doubling(Action? called = null) =>
        _ml.Transforms.CustomMapping<Input, Output>(
            (input, output) =>
            {
                called?.Invoke();
                output.Twice = 2 * input.Number;
                output.Echo = input.Words;
            },
            null).Fit(_ml.Data.LoadFromEnumerable(new[] { new Input() }));

    public sealed class Input
    {
        public int Number { get; set; }

        public string[] Words { get; set; } = [];
    }

    public sealed class Output
    {
        public int Twice { get; set; }

        public string[] Echo { get; set; } = [];
    }
}
