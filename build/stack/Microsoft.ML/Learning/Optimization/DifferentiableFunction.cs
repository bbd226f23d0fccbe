namespace Microsoft.ML.Trainers;

/// <summary>The value of a function at a point; its gradient there is written into <paramref name="gradient"/>.</summary>
internal delegate float DifferentiableFunction(float[] point, float[] gradient);
