// Installed beside the peers, not where types are checked.
declare module 'echarts';
