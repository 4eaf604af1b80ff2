import webpack from 'webpack';

export default {
  mode: 'production',
  entry: './main.js',
  output: { path: `${import.meta.dirname}/public/build`, clean: true },
  // The environment's value, if it has one.
  plugins: [new webpack.EnvironmentPlugin({ AWS: 'http://localhost:8081' })],
};
